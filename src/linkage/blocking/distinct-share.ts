import { ruleOfKey } from "./block-keys.ts";

/** Pairs of a rule that are looked at. */
const pairsMax = 200_000;

/**
 * For each rule, how many distinct pairs there are for one pair of a key: less than 1 where two records share several keys of a
 * rule, as those of one year do by the keys of the year and of the year after. Told from the keys of sampled records.
 */
export function distinctShares(
  keysOfRows: readonly Iterable<number>[],
  sourceOf: (row: number) => number,
  ruleCount: number,
  dedupe: boolean,
): number[] {
  const rowsByKey = new Map<number, number[]>();
  keysOfRows.forEach((keys, row) => {
    for (const key of keys) {
      const rows = rowsByKey.get(key);
      if (rows === undefined) rowsByKey.set(key, [row]);
      else rows.push(row);
    }
  });
  const pairs = new Array<number>(ruleCount).fill(0);
  const distinct = Array.from({ length: ruleCount }, () => new Set<number>());
  for (const [key, rows] of rowsByKey) {
    const rule = ruleOfKey(key);
    for (let i = 0; i < rows.length && (pairs[rule] as number) < pairsMax; i++) {
      for (let j = i + 1; j < rows.length; j++) {
        const [left, right] = [rows[i] as number, rows[j] as number];
        if (!dedupe && sourceOf(left) === sourceOf(right)) continue;
        pairs[rule] = (pairs[rule] as number) + 1;
        (distinct[rule] as Set<number>).add(left * keysOfRows.length + right);
      }
    }
  }
  return pairs.map((count, rule) => (count === 0 ? 1 : (distinct[rule] as Set<number>).size / count));
}
