import { readColumnar } from "./columnar-reader.ts";
import type { RawBatch } from "./raw-batch.ts";
import type { RawColumns } from "./raw-columns.ts";
import type { Rejects } from "./rejects.ts";
import type { SourceLayout } from "./source-layout.ts";
import { readText } from "./text-reader.ts";

/**
 * Reads a source by its layout, whatever its format: the one contract of all readers. Columns that are not wanted may
 * come or not; by default all are.
 */
export function readSource(
  layout: SourceLayout,
  rejects: Rejects,
  wanted?: ReadonlySet<string>,
): AsyncGenerator<RawBatch | RawColumns> {
  const columnar = layout.format === "parquet" || layout.format === "arrow";
  return columnar ? readColumnar(layout, wanted) : readText(layout, rejects);
}
