import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { formatCount } from "../../base/index.ts";
import { publishedDirectory } from "../published.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly dir?: string;
  readonly out: string;
  readonly format: "csv" | "parquet";
}

/** `kindred export`: the graph as tables for analysts. */
export function addExport(program: Command): void {
  program
    .command("export")
    .summary("the graph as relational tables")
    .description("write the graph as relational tables")
    .requiredOption("--out <folder>", "where the tables go")
    .addOption(new Option("--format <format>", "of the tables").choices(["csv", "parquet"]).default("parquet"))
    .option("--dir <folder>", "the published folder to read (default: the one published last)")
    .option("--json", "print one JSON document")
    .action(async (options: Options) => {
      const { terminal, home } = openSession(options);
      const directory = await publishedDirectory(home, options.dir);
      const { exportGraph } = await import("../../graph/index.ts");
      const summary = await exportGraph(join(directory, "graph"), {
        format: options.format,
        out: resolve(options.out),
      });
      terminal.result(summary, () => {
        for (const [file, rows] of Object.entries(summary.rowsByFile))
          terminal.line(`${file}: ${formatCount(rows)} rows`);
      });
    });
}
