import { join } from "node:path";
import type { Command } from "commander";
import { addLinkOptions, type LinkOptions } from "../link-options.ts";
import { linkageRequest } from "../linkage-request.ts";
import { showPlan } from "../plan-view.ts";
import { openSession } from "../session.ts";

/** `kindred plan`: says what a linkage would do, before any pair is scored. */
export function addPlan(program: Command): void {
  addLinkOptions(
    program
      .command("plan")
      .summary("how sources would be read and paired, before any work")
      .description("show fields, rules, pairs and large blocks before any work"),
  )
    .option("--suggest", "weigh other blocking rules by a sample: pairs, recall, largest block of each")
    .action(async (sources: readonly string[], options: LinkOptions & { readonly suggest?: boolean }) => {
      const { terminal, host, home } = openSession(options);
      const { runPlan } = await import("../../pipelines/index.ts");
      // Planning publishes nothing, so its folder is never made.
      const suggest = options.suggest ?? false;
      const request = { ...(await linkageRequest(sources, options, home)), out: join(home, "plan"), suggest };
      showPlan(terminal, await runPlan(request, host(options.workers)));
    });
}
