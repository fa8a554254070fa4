import type { TaskBlobs } from "../../flow/index.ts";
import {
  type LinkagePreview,
  type LinkageStep,
  previewLinkage,
  type SuggestedRule,
  suggestRules,
} from "../../linkage/index.ts";
import type { StoredSource } from "./partition-records.ts";
import type { TypePlan } from "./plan-sources.ts";
import { getCounts } from "./stored-counts.ts";

/** What is foretold of a linkage by linking a sample, and by the sizes of what was cut. */
export interface PlannedPreview extends LinkagePreview {
  /** Seconds of one core for a thousand records (cut, looked up, laid out) and for a thousand pairs, measured on the sample. */
  readonly secondsPerThousand: { readonly records: number; readonly pairs: number };
  /** Bytes of the records and keys of the largest shard, as they are stored. */
  readonly shardBytesMax: number;
  /** Rules that may be worth having; null where they were not asked for. */
  readonly suggested: readonly SuggestedRule[] | null;
}

/** Fewer pairs than this say nothing of speed. */
const timedPairsMin = 20_000;
/** What a thousand pairs took of the film catalogues, where the sample has too few. */
const usualSeconds = 0.003;

/** Links a sample of the records of one entity type, in this process. */
export async function preview(
  blobs: TaskBlobs,
  { settings }: Pick<TypePlan, "settings">,
  sources: readonly StoredSource[],
  suggest: boolean,
): Promise<PlannedPreview> {
  const counts = [];
  for (const source of sources) counts.push(await getCounts(blobs, source.counts));
  const seconds = new Map<LinkageStep, number>();
  let before = process.cpuUsage();
  const linked = previewLinkage(counts, settings, (step) => {
    const { user, system } = process.cpuUsage(before);
    seconds.set(step, (user + system) / 1e6);
    before = process.cpuUsage();
  });
  const secondsOf = (...steps: readonly LinkageStep[]): number =>
    steps.reduce((sum, step) => sum + (seconds.get(step) ?? 0), 0);
  return {
    ...linked,
    secondsPerThousand: {
      records: (1000 * secondsOf("block", "topK", "open")) / Math.max(linked.records, 1),
      pairs: linked.pairs < timedPairsMin ? usualSeconds : (1000 * secondsOf("count", "score")) / linked.pairs,
    },
    shardBytesMax: largestShard(sources),
    suggested: suggest ? suggestRules(counts, settings) : null,
  };
}

function largestShard(sources: readonly StoredSource[]): number {
  const bytesByShard = new Map<number, number>();
  for (const { shard, records, keys } of sources.flatMap(({ parts }) => parts))
    bytesByShard.set(shard, (bytesByShard.get(shard) ?? 0) + records.byteCount + keys.byteCount);
  return Math.max(0, ...bytesByShard.values());
}
