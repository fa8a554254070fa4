import { readColumnar } from "./columnar-reader.ts";
import type { RawBatch } from "./raw-batch.ts";
import type { Rejects } from "./rejects.ts";
import type { SourceLayout } from "./source-layout.ts";
import { readText } from "./text-reader.ts";

/** Reads a source by its layout, whatever its format: the one contract of all readers. */
export function readSource(layout: SourceLayout, rejects: Rejects): AsyncGenerator<RawBatch> {
  const columnar = layout.format === "parquet" || layout.format === "arrow";
  return columnar ? readColumnar(layout) : readText(layout, rejects);
}
