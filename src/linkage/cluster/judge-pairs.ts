import { descendingOrder } from "../../base/index.ts";
import { columnOf } from "../../columns/index.ts";
import { type GuardOf, weightOf } from "../classify/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { ConstrainedUnion, Refusal } from "./constrained-union.ts";
import { doubtful, type Judgement, match, rejected } from "./judgement.ts";
import type { NumberedRecords } from "./numbered-records.ts";
import type { OrderedPairs } from "./ordered-pairs.ts";

/** What judging pairs is made of. */
export interface JudgeInput {
  readonly pairs: OrderedPairs;
  readonly records: Pick<NumberedRecords, "traits">;
  /** Is joined as pairs match. */
  readonly union: ConstrainedUnion;
  readonly settings: LinkageSettings;
  /** Says which matches need a look. */
  readonly guard: GuardOf;
}

/**
 * Judges each row of the pairs' table and joins what matches: those that share a trusted identifier first, then the surest,
 * ties by record order.
 */
export function judgePairs(input: JudgeInput): Judgement[] {
  const { pairs, settings } = input;
  const weightMin = weightOf(settings.threshold);
  const reviewMin = weightOf(settings.reviewThreshold);
  const judged: Judgement[] = [];
  for (let i = 0; i < pairs.weight.length; i++)
    judged.push((pairs.weight[i] as number) >= reviewMin ? doubtful : rejected);
  const isTrusted = (i: number): boolean => pairs.trusted?.[i] !== undefined;
  for (const i of pairs.order.filter(isTrusted)) judged[i] = judgeTrusted(i, input);
  const surest = pairs.order.filter((i) => (pairs.weight[i] as number) >= weightMin && !isTrusted(i));
  for (const i of surestFirst(surest, pairs)) judged[i] = judgePair(i, input);
  forbid(judged, input);
  return judged;
}

/**
 * Heaviest first, those that a calibration made equal by what they weighed before; ties stay in the order of their records, so
 * they fall the same way in every run.
 */
function surestFirst(rows: Int32Array, { weight, table }: OrderedPairs): Int32Array {
  const calibration = columnOf(table, "calibration", "number").values;
  const before = heaviestFirst(rows, (row) => (weight[row] as number) - (calibration[row] as number));
  return heaviestFirst(before, (row) => weight[row] as number);
}

function heaviestFirst(rows: Int32Array, weightOfRow: (row: number) => number): Int32Array {
  return descendingOrder(Float64Array.from(rows, weightOfRow)).map((place) => rows[place] as number);
}

/** What rules forbid of the two records themselves needs nobody's look; through others, it may be these that are wrong. */
function forbid(judged: Judgement[], { pairs, records, settings }: JudgeInput): void {
  const ruled = records.traits.filter(({ field }) => field !== settings.levelField);
  for (const { field, values } of ruled) {
    const reason: Judgement = { outcome: "rejected", reason: `cannot link: ${field} differs` };
    for (let i = 0; i < judged.length; i++) {
      const [left, right] = [values[pairs.left[i] as number] as number, values[pairs.right[i] as number] as number];
      if (left !== 0 && right !== 0 && left !== right && pairs.trusted?.[i] === undefined) judged[i] = reason;
    }
  }
}

function judgeTrusted(i: number, { pairs, union, settings, records }: JudgeInput): Judgement {
  const [left, right] = [pairs.left[i] as number, pairs.right[i] as number];
  const because = `same trusted identifier: ${pairs.trusted?.[i]}`;
  const refusal = union.refusal(left, right, settings.oneToOne || !settings.dedupe);
  if (refusal !== null)
    return { outcome: "review", reason: `${because}; but ${refusalReason(refusal, records, settings)}` };
  union.join(left, right);
  return { outcome: "match", reason: because };
}

function judgePair(i: number, { pairs, union, settings, records, guard }: JudgeInput): Judgement {
  const left = pairs.left[i] as number;
  const right = pairs.right[i] as number;
  // What related records say is evidence besides the one value that agrees.
  const guarded = (pairs.related?.[i] ?? 0) > 0 ? null : guard(pairs.pattern[i] as number);
  if (guarded !== null) return union.find(left) === union.find(right) ? match : { outcome: "review", reason: guarded };
  const refusal = union.refusal(left, right, settings.oneToOne || !settings.dedupe);
  if (refusal !== null) return { outcome: "review", reason: refusalReason(refusal, records, settings) };
  union.join(left, right);
  return match;
}

function refusalReason(refusal: Refusal, { traits }: JudgeInput["records"], { levelField }: LinkageSettings): string {
  if (refusal === "decision") return "someone decided that these are different";
  if (refusal === "source") return "the entity already holds a record of that source";
  const field = traits[refusal]?.field;
  return field === levelField ? "the entities are of different levels" : `the entities differ in ${field}`;
}
