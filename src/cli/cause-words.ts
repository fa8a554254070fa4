import type { CauseKind } from "../linkage/index.ts";

/** The causes of a change in a few words. */
export const causeWords: Readonly<Record<CauseKind, string>> = {
  record: "only one linkage has both records",
  decision: "people decided otherwise",
  value: "a source changed a value",
  blocking: "only one linkage's rules make the pair",
  threshold: "the threshold is another",
  prior: "the rule's pairs are trusted more, or less",
  weights: "the model weighs an agreement differently",
  level: "equal values compare differently",
  comparison: "a field is compared in one of them only",
  related: "related people or works match, or no longer do",
  competition: "rivals of either record came or went",
  guard: "too little agrees to say more than even odds, in one of them only",
  calibration: "what labelled pairs taught moved the weight",
  trusted: "a trusted identifier, in one of them only",
  constraint: "the weight suffices, and something forbids it",
  unread: "not kept in one of them, and not looked into",
};
