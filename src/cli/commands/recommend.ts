import type { Command } from "commander";
import { addGraphOptions, type GraphOptions, openGraphSession } from "../graph-session.ts";
import { printProposals } from "../proposals.ts";

/** `kindred recommend`: what somebody may like who likes these. */
export function addRecommend(program: Command): void {
  addGraphOptions(
    program
      .command("recommend")
      .summary("what somebody may like who likes these")
      .description("what somebody may like who likes these"),
  )
    .argument("<entity...>", "liked entities, each an id, source:id, or a label in quotes")
    .action(async (liked: readonly string[], options: GraphOptions) => {
      const { terminal, graph } = await openGraphSession(options);
      const { findEntity, recommend } = await import("../../graph/index.ts");
      const ids = liked.map((text) => findEntity(graph, text));
      const proposals = recommend(graph, ids, { limit: options.limit });
      terminal.result({ liked: ids, proposals }, () => printProposals(terminal, proposals));
    });
}
