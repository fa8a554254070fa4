import { formatCount, formatShare } from "../base/index.ts";
import type { BlockingRecall } from "../linkage/index.ts";

/** What is told of the recall of blocking, in one line. */
export function recallLine({ recall, interval, why, matches }: BlockingRecall): string {
  if (recall === null || interval === null) return `recall of blocking: not known, since ${why}`;
  return `recall of blocking: about ${formatShare(recall)} (${formatShare(interval.low)} to ${formatShare(interval.high)}), from ${formatCount(matches)} matches found in several ways`;
}
