import type { TaskBlobs } from "../../flow/index.ts";
import { memberEntities } from "../../graph/index.ts";
import { type RecordFiles, RecordLines } from "./record-lines.ts";
import type { RecordLookup } from "./record-lookup.ts";

/** What the files of records are made of. */
export interface RecordFilesInput {
  /** The folder of the built graph, which has the records in their order and the ids of their entities. */
  readonly folder: string;
  readonly records: RecordLookup;
  /** People whom works name are in the graph; the files hold records of these sources only. */
  readonly declared: ReadonlySet<string>;
}

/**
 * Makes `entities.csv` (every record once under the id of its entity in the graph) and `outcomes.csv` (what became of every
 * record), without headers.
 */
export async function recordFiles(blobs: TaskBlobs, input: RecordFilesInput): Promise<RecordFiles> {
  const lines = new RecordLines();
  const seen = new Set<string>();
  for await (const { entity, source, id } of memberEntities(input.folder)) {
    if (!input.declared.has(source)) continue;
    seen.add(entity);
    lines.add({ entity, source, ...input.records.outcomeOf(source, id) });
  }
  return { ...(await lines.put(blobs)), entityCount: seen.size };
}
