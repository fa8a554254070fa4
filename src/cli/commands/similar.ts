import type { Command } from "commander";
import { addGraphOptions, type GraphOptions, openGraphSession } from "../graph-session.ts";
import { printProposals } from "../proposals.ts";

/** `kindred similar`: entities like one, with reasons. */
export function addSimilar(program: Command): void {
  addGraphOptions(
    program.command("similar").summary("entities like one, and why").description("entities like one, and why"),
  )
    .argument("<entity...>", "an entity id, source:id of a record, or a label that only one entity has")
    .action(async (words: readonly string[], options: GraphOptions) => {
      const { terminal, graph } = await openGraphSession(options);
      const { entityView, findEntity, similar } = await import("../../graph/index.ts");
      const id = findEntity(graph, words.join(" "));
      const { label, year, type } = entityView(graph, id);
      const proposals = similar(graph, id, { limit: options.limit });
      terminal.result({ entity: { id, type, label, year }, proposals }, () => printProposals(terminal, proposals));
    });
}
