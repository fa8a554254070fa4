import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeOutputFolder } from "../../base/index.ts";
import { openGraph } from "../store/open-graph.ts";
import { writeCsv } from "./csv.ts";
import { exportTables } from "./export-tables.ts";
import { csvToParquet } from "./parquet.ts";

/** Where and as what to export. */
export interface ExportOptions {
  readonly format: "parquet" | "csv";
  /** The output folder: absent, empty, or written by kindred before; replaced in one step. */
  readonly out: string;
}

/** What was written: rows by file name. */
export interface ExportSummary {
  readonly rowsByFile: Readonly<Record<string, number>>;
}

/**
 * Writes the graph as relational tables that need no graph to be read: entities, members, claims with the labels of both
 * ends, provenance and passages, as CSV or Parquet.
 * @throws output-refused when `out` holds files that kindred did not write
 */
export async function exportGraph(directory: string, { format, out }: ExportOptions): Promise<ExportSummary> {
  const rowsByFile: Record<string, number> = {};
  const marker = { kind: "graph-export", rowsByFile };
  await writeOutputFolder({ out, marker }, async (staged) => {
    const graph = await openGraph(directory);
    try {
      for (const table of exportTables(graph)) {
        const csv = join(staged, `${table.name}.csv`);
        rowsByFile[`${table.name}.${format}`] = writeCsv(csv, table.columns, table.rows);
        if (format === "csv") continue;
        await csvToParquet(csv, join(staged, `${table.name}.parquet`), table.columns);
        await rm(csv);
      }
    } finally {
      graph.close();
    }
  });
  return { rowsByFile };
}
