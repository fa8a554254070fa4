import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import { memberEntities } from "../../graph/index.ts";
import type { OutcomeCounts } from "./clustered.ts";
import { RecordLines } from "./record-lines.ts";
import type { RecordLookup } from "./record-lookup.ts";
import { rejectedLines } from "./told-outcomes.ts";

/** The files of records: `entities.csv` and `outcomes.csv`. */
export interface RecordFiles {
  readonly entities: BlobRef;
  readonly outcomes: BlobRef;
  readonly entityCount: number;
  readonly counts: OutcomeCounts;
}

/** What the files of records are made of. */
export interface RecordFilesInput {
  /** The folder of the built graph, which has the records in their order and the ids of their entities. */
  readonly folder: string;
  readonly records: RecordLookup;
  /** People whom works name are in the graph; the files hold records of these sources only. */
  readonly declared: ReadonlySet<string>;
  /** Rows that were set aside, as JSON Lines. */
  readonly rejects: readonly BlobRef[];
}

/**
 * Makes `entities.csv` (every record once under the id of its entity in the graph) and `outcomes.csv` (what became of every
 * record, and of every row that was set aside and so has no id).
 */
export async function recordFiles(blobs: TaskBlobs, input: RecordFilesInput): Promise<RecordFiles> {
  const lines = new RecordLines();
  const seen = new Set<string>();
  for await (const { entity, source, id } of memberEntities(input.folder)) {
    if (!input.declared.has(source)) continue;
    seen.add(entity);
    lines.add({ entity, source, ...input.records.outcomeOf(source, id) });
  }
  const { entities, outcomes, counts } = lines.files(await rejectedLines(blobs, input.rejects));
  return {
    entities: await blobs.put(entities, "entities.csv"),
    outcomes: await blobs.put(outcomes, "outcomes.csv"),
    entityCount: seen.size,
    counts,
  };
}
