import { weightOf } from "../classify/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ConstrainedUnion, Refusal } from "./constrained-union.ts";
import { guardReason } from "./guard.ts";
import { doubtful, type Judgement, match, rejected } from "./judgement.ts";
import type { OrderedPairs } from "./ordered-pairs.ts";

const reasonByRefusal: Readonly<Record<Refusal, string>> = {
  levels: "the entities are of different levels",
  decision: "someone decided that these are different",
  source: "the entity already holds a record of that source",
};

/** Judges each row of the pairs' table and joins what matches: surest first, ties by record order. */
export function judgePairs(pairs: OrderedPairs, union: ConstrainedUnion, settings: LinkageSettings): Judgement[] {
  const weightMin = weightOf(settings.threshold);
  const reviewMin = weightOf(settings.reviewThreshold);
  const judged = Array.from(pairs.weight, (weight): Judgement => (weight >= reviewMin ? doubtful : rejected));
  const surest = pairs.order.filter((i) => (pairs.weight[i] as number) >= weightMin);
  // The order is by record already and this sort is stable, so ties fall the same way in every run.
  surest.sort((a, b) => (pairs.weight[b] as number) - (pairs.weight[a] as number));
  for (const i of surest) judged[i] = judgePair(i, pairs, union, settings);
  return judged;
}

function judgePair(i: number, pairs: OrderedPairs, union: ConstrainedUnion, settings: LinkageSettings): Judgement {
  const left = pairs.left[i] as number;
  const right = pairs.right[i] as number;
  const guarded = guardReason(pairs.pattern[i] as number, settings);
  if (guarded !== null) return union.find(left) === union.find(right) ? match : { outcome: "review", reason: guarded };
  const refusal = union.refusal(left, right, settings.oneToOne || !settings.dedupe);
  if (refusal !== null) return { outcome: "review", reason: reasonByRefusal[refusal] };
  union.join(left, right);
  return match;
}
