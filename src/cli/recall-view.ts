import { formatCount, formatShare } from "../base/index.ts";
import type { BlockingRecall } from "../linkage/index.ts";

/** What is told of the recall of blocking, and in a second line from what it is known, or why it is not. */
export function recallLines({ recall, interval, why, matches }: BlockingRecall): readonly [string, string] {
  if (recall === null || interval === null) return ["recall of blocking: not known", `  ${why}`];
  const bounds = `${formatShare(interval.low)} to ${formatShare(interval.high)}`;
  return [
    `recall of blocking: about ${formatShare(recall)} (${bounds})`,
    `  from ${formatCount(matches)} matches found in several ways`,
  ];
}
