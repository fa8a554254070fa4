import type { SourcePlan } from "../plan/source-plan.ts";
import type { Reject } from "../read/raw-batch.ts";
import type { RecordBatch } from "../record-batch.ts";

/** What cleaning did to a source, counted. */
export interface IngestSummary {
  readonly recordCount: number;
  readonly rejectCount: number;
  /** How often each placeholder became null. */
  readonly placeholders: Readonly<Record<string, number>>;
  /** What else should be known, such as "22 release years were 100 years off and moved back". */
  readonly notes: readonly string[];
}

/** How a source is ingested. */
export interface IngestOptions {
  /** Records a batch. Default 20,000. */
  readonly batchRows?: number;
  /** How many bad rows are set aside before it is an error. Default 0. */
  readonly skipBad?: number;
  /** Gets every row that was set aside. */
  readonly onReject?: (reject: Reject) => void;
  /** Gets the counts once, after the last batch. */
  readonly onSummary?: (summary: IngestSummary) => void;
  /** Stops the reading when aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Reads and cleans a source as planned, in a stream: memory is bounded by the batch, not by the source.
 * @throws source-malformed, source-encoding, source-duplicate-id with file and row
 */
// biome-ignore lint/correctness/useYield: being written
export async function* ingestSource(_plan: SourcePlan, _options: IngestOptions = {}): AsyncGenerator<RecordBatch> {
  throw new Error("being written");
}
