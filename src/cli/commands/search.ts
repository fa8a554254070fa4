import type { Command } from "commander";
import { addGraphOptions, type GraphOptions, openGraphSession } from "../graph-session.ts";
import { printTable } from "../text-table.ts";

interface Options extends GraphOptions {
  readonly type?: string;
}

/** `kindred search`: finds entities by their labels. */
export function addSearch(program: Command): void {
  addGraphOptions(
    program.command("search").summary("find entities by title or name").description("find entities by title or name"),
  )
    .argument("<text...>", "a title or name, in part or misspelt; a year prefers that year")
    .option("--type <type>", "only this entity type, such as film or person")
    .action(search);
}

async function search(words: readonly string[], options: Options): Promise<void> {
  const { terminal, graph } = await openGraphSession(options);
  const { search: searchGraph } = await import("../../graph/index.ts");
  const hits = searchGraph(graph, words.join(" "), {
    limit: options.limit,
    ...(options.type ? { type: options.type } : {}),
  });
  terminal.result({ query: words.join(" "), hits }, () => {
    if (hits.length === 0) return terminal.line(`nothing found for "${words.join(" ")}"`);
    printTable(terminal, hits, [
      { title: "entity", of: (hit) => hit.id, isWhole: true },
      { title: "label", of: (hit) => hit.label, maxWidth: 44 },
      { title: "year", of: (hit) => hit.year ?? "", align: "right" },
      { title: "sources", of: (hit) => hit.sourceCount, align: "right" },
      { title: "links", of: (hit) => hit.degree, align: "right" },
    ]);
  });
}
