import type { RawColumns } from "../raw-columns.ts";
import type { Rejects } from "../rejects.ts";
import type { SourceLayout } from "../source-layout.ts";
import { recordSpans } from "../text-reader.ts";
import { isReadInPlace, readLines } from "./json-lines.ts";
import { JsonReading } from "./json-reading.ts";
import type { ProjectionOptions } from "./projection.ts";
import type { WantedColumns } from "./wanted-paths.ts";

/**
 * Reads the wanted columns of JSON files in UTF-8, straight from bytes. Records that the projection leaves aside go through
 * JSON.parse, so that what is refused, and why, and every value read, are JSON.parse's.
 */
export async function* readJson(
  layout: SourceLayout,
  rejects: Rejects,
  wanted: WantedColumns,
  options: ProjectionOptions = {},
): AsyncGenerator<RawColumns> {
  const reading = new JsonReading(rejects, wanted, options);
  for (const file of layout.files) {
    reading.startFile(file);
    if (await isReadInPlace(file, layout)) yield* readLines(file, reading);
    else for await (const spans of recordSpans(file, layout)) yield* reading.takeSpans(spans);
    yield* reading.finish();
  }
}
