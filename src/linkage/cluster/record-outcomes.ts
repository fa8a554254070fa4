import type { Judgement } from "./judgement.ts";
import type { OrderedPairs } from "./ordered-pairs.ts";

/**
 * What became of a record, in the words of EIDR's registry: it is `new`, it has a `match`, or a person must `review` what it may be.
 * The fourth, `rejected`, is of rows that never became records.
 */
export const recordOutcomes = ["new", "match", "review"] as const;

/** The outcome of every record. */
export interface RecordOutcomes {
  /** Index into {@link recordOutcomes}. */
  readonly outcome: Uint8Array;
  /** The row of the pairs' table that tells most: the surest match, else the surest pair in review; -1 where there is none. */
  readonly pair: Int32Array;
}

/**
 * Records that share an entity have a match; of the others, those with a pair in review are to be reviewed.
 * @param settled says of a pair that a person has decided it: nobody is asked again
 */
export function outcomesOf(
  pairs: OrderedPairs,
  judged: readonly Judgement[],
  group: Int32Array,
  settled: (i: number) => boolean,
): RecordOutcomes {
  const size = new Int32Array(group.length);
  for (const root of group) size[root] = (size[root] as number) + 1;
  const outcome = new Uint8Array(group.length);
  for (let record = 0; record < outcome.length; record++)
    if ((size[group[record] as number] as number) > 1) outcome[record] = 1;
  const best = new Int32Array(group.length).fill(-1);
  const place = new Int32Array(group.length).fill(-1);
  const offer = (record: number, i: number, at: number): void => {
    const known = best[record] as number;
    if (known !== -1 && (pairs.weight[known] as number) >= (pairs.weight[i] as number)) return;
    best[record] = i;
    place[record] = at;
  };
  pairs.order.forEach((i, at) => {
    const wanted = judged[i]?.outcome;
    if (wanted !== "match" && (wanted !== "review" || settled(i))) return;
    for (const record of [pairs.left[i] as number, pairs.right[i] as number]) {
      if (wanted === "review" && outcome[record] === 0) outcome[record] = 2;
      if ((wanted === "match") === (outcome[record] === 1)) offer(record, i, at);
    }
  });
  return { outcome, pair: place };
}
