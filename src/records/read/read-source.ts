import { readColumnar } from "./columnar-reader.ts";
import { readJson } from "./json/read-json.ts";
import { pathTree, type WantedColumns } from "./json/wanted-paths.ts";
import type { RawBatch } from "./raw-batch.ts";
import type { RawColumns } from "./raw-columns.ts";
import type { Rejects } from "./rejects.ts";
import type { SourceLayout } from "./source-layout.ts";
import { readText } from "./text-reader.ts";

/**
 * Reads a source by its layout, whatever its format: the one contract of all readers. Columns that are not wanted may
 * come or not; by default all are. Rows that come side by side may be more than `batchRows`.
 */
export function readSource(
  layout: SourceLayout,
  rejects: Rejects,
  wanted?: ReadonlySet<string>,
  batchRows?: number,
): AsyncGenerator<RawBatch | RawColumns> {
  if (layout.format === "parquet" || layout.format === "arrow") return readColumnar(layout, wanted);
  const paths = wanted === undefined ? undefined : wantedPaths(layout, wanted);
  return paths === undefined ? readText(layout, rejects) : readJson(layout, rejects, paths, { batchRows });
}

/** What is read of JSON by projection; undefined for what is not. */
function wantedPaths(layout: SourceLayout, wanted: ReadonlySet<string>): WantedColumns | undefined {
  if ((layout.format !== "json" && layout.format !== "jsonl") || layout.encoding === "windows-1252") return undefined;
  const columns = layout.columns.filter((column) => wanted.has(column));
  const tree = pathTree(columns);
  return tree && { columns, tree };
}
