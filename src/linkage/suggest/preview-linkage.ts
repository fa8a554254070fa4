import type { SourceCounts } from "../blocking/index.ts";
import { type LinkageStep, linkTables } from "../link-tables.ts";
import type { BlockingRecall } from "../recall/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { batchesOf, sampledSources } from "./sampled-sources.ts";

/** What is foretold of a linkage by linking a sample of its records. */
export interface LinkagePreview {
  /** The recall of blocking; of a sample there are few matches, so it is often not known. */
  readonly recall: BlockingRecall;
  /** Records of the sample, and the pairs that rules made of them. */
  readonly records: number;
  readonly pairs: number;
}

/** Links the sampled records as the whole would be; `onStep` is told of every step when it is done. */
export function previewLinkage(
  counts: readonly SourceCounts[],
  settings: LinkageSettings,
  onStep: (step: LinkageStep) => void = () => {},
): LinkagePreview {
  const sources = sampledSources(counts, settings);
  const { recall, pairsByRule } = linkTables(batchesOf(sources), settings, { onStep });
  return {
    recall,
    records: sources.reduce((sum, { batch }) => sum + batch.table.rowCount, 0),
    pairs: pairsByRule.reduce((sum, pairs) => sum + pairs, 0),
  };
}
