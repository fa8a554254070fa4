import {
  ingestSource,
  planSources,
  profileSource,
  type RecordBatch,
  type SourceSpec,
} from "../../src/records/index.ts";
import type { LinkageSettings } from "../../src/linkage/index.ts";

/** The film task of shared/peers/splink: the same rules and comparisons for any engine. */
export const filmTask = {
  rules: [
    {
      name: "year and first two letters of the title",
      keys: [
        { field: "year", maker: "year" },
        { field: "title", maker: "start", length: 2, letters: "lower" },
      ],
    },
    { name: "director", keys: [{ field: "director", maker: "text", letters: "lower" }] },
    { name: "title", keys: [{ field: "title", maker: "text", letters: "lower" }] },
  ],
  comparisons: [
    { field: "title", kind: "jaroWinkler", letters: "lower", thresholds: [0.8, 0.88, 0.95] },
    { field: "year", kind: "difference", thresholds: [0, 1, 3] },
    { field: "director", kind: "jaroWinkler", letters: "lower", thresholds: [0.8, 0.92] },
    { field: "actors", kind: "intersection", thresholds: [1, 3] },
  ],
} satisfies Pick<LinkageSettings, "rules" | "comparisons">;

/** One catalogue of the task as a source: its columns as they are, no value taken for a placeholder. */
export function filmSource(name: string, path: string): SourceSpec {
  return {
    name,
    path,
    entityType: "film",
    id: "id",
    fields: {
      title: { kind: "text", list: false, asWritten: true },
      year: { kind: "year" },
      director: { kind: "text", list: false, asWritten: true },
      actors: { kind: "category", list: true, asWritten: true },
    },
    ignore: ["runtime", "genres"],
    placeholders: [],
    people: [],
  };
}

/** Reads both catalogues as the product reads any source. */
export async function readFilms(base: string): Promise<Map<string, RecordBatch[]>> {
  const specs = ["a", "b"].map((name) => filmSource(name, `${base}_${name}.parquet`));
  const profiles = [];
  for (const spec of specs) profiles.push(await profileSource(spec));
  const batches = new Map<string, RecordBatch[]>();
  for (const plan of planSources(profiles)) {
    const read: RecordBatch[] = [];
    for await (const batch of ingestSource(plan)) read.push(batch);
    batches.set(plan.source, read);
  }
  return batches;
}
