import { Buffer } from "node:buffer";
import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import { memberEntities } from "../../graph/index.ts";
import type { OutcomeCounts } from "./clustered.ts";
import { csvLine } from "./csv.ts";
import type { RecordLookup } from "./record-lookup.ts";
import { entityHeader, outcomeHeader } from "./result-files.ts";
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
  const entities = [csvLine(entityHeader)];
  const outcomes = [csvLine(outcomeHeader)];
  const counts = { new: 0, match: 0, review: 0 };
  const seen = new Set<string>();
  for await (const { entity, source, id } of memberEntities(input.folder)) {
    if (!input.declared.has(source)) continue;
    seen.add(entity);
    entities.push(csvLine([entity, source, id]));
    const { outcome, reason } = input.records.outcomeOf(source, id);
    counts[outcome]++;
    outcomes.push(csvLine([source, id, outcome, entity, reason]));
  }
  const rejected = await rejectedLines(blobs, input.rejects);
  return {
    entities: await blobs.put(Buffer.from(entities.join("")), "entities.csv"),
    outcomes: await blobs.put(Buffer.from([...outcomes, ...rejected].join("")), "outcomes.csv"),
    entityCount: seen.size,
    counts: { ...counts, rejected: rejected.length },
  };
}
