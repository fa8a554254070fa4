import { KindredError } from "../base/index.ts";

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

/** Writes the graph as relational tables: entities, members, claims (with labels), provenance. */
export async function exportGraph(_directory: string, _options: ExportOptions): Promise<ExportSummary> {
  throw new KindredError("internal", { seen: "exportGraph is being written" });
}
