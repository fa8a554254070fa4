import type { Command } from "commander";
import { addPlaceOptions, type PlaceOptions, placedHost } from "../run-place.ts";
import { type CommonOptions, openSession } from "../session.ts";

/** `kindred emit`: tells of an event, for which flows of the same namespace wait. */
export function addEmit(program: Command): void {
  const command = program
    .command("emit")
    .summary("tell of an event that flows wait for")
    .description("tell of an event: flows that run --on-event NAME in this namespace run")
    .argument("<event>", "its name")
    .option("--json", "print one JSON document");
  addPlaceOptions(command).action(async (name: string, options: CommonOptions & PlaceOptions) => {
    const session = openSession(options);
    const { terminal, home, places } = session;
    const { namespace = "" } = await placedHost(session, options);
    const { emitEvent } = await import("../../flow/index.ts");
    const event = await emitEvent(home, namespace, name, places);
    terminal.result({ event, name, namespace }, () => terminal.line(`event ${event}: ${name} in ${namespace}`));
  });
}
