import { hashesOfPart, ruleOfKey } from "../blocking/index.ts";
import type { KeyPart, LinkageSettings } from "../settings.ts";
import type { SplitBlock } from "./frozen.ts";
import { type RecordSample, shareKey } from "./record-sample.ts";

/** With fewer sampled records of its own, a block is taken to be made like all records. */
const ownRecordsMin = 30;
/** All pairs of so many records are looked at. */
const lookedAtMax = 300;
/** A field that fewer records have loses too many matches. */
const filledMin = 0.5;

/**
 * The key of another field that splits a block far enough and loses the least: of those that most records have, the one
 * with the fewest pairs left. Undefined when none does.
 */
export function bestSplit(
  key: number,
  pairs: number,
  sample: RecordSample,
  settings: LinkageSettings,
): Pick<SplitBlock, "by" | "pairsAfter"> | undefined {
  const rule = settings.rules[ruleOfKey(key)] as LinkageSettings["rules"][number];
  const own = [...sample.keys.keys()].filter((row) => sample.keys[row]?.has(key));
  const rows = spread(own.length >= ownRecordsMin ? own : [...sample.keys.keys()]);
  const found = otherParts(rule, settings).flatMap((by) => {
    const { filled, pairShare } = splitOf(by, rows, sample, settings.dedupe);
    const pairsAfter = Math.ceil(pairs * pairShare);
    return filled < filledMin || pairsAfter > settings.blockPairsMax ? [] : [{ by, filled, pairsAfter }];
  });
  const tenths = (filled: number): number => Math.round(filled * 10);
  found.sort((a, b) => tenths(b.filled) - tenths(a.filled) || a.pairsAfter - b.pairsAfter);
  const [best] = found;
  return best && { by: best.by, pairsAfter: best.pairsAfter };
}

/** So many of the rows, evenly over all sources. */
function spread(rows: readonly number[]): number[] {
  const step = Math.max(1, rows.length / lookedAtMax);
  return Array.from({ length: Math.min(rows.length, lookedAtMax) }, (_, i) => rows[Math.floor(i * step)] as number);
}

/** The parts of all rules on fields that this rule does not look at. */
function otherParts(rule: LinkageSettings["rules"][number], settings: LinkageSettings): KeyPart[] {
  const fields = new Set(rule.keys.map((part) => part.field));
  const parts = settings.rules.flatMap((other) => other.keys).filter((part) => !fields.has(part.field));
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}

/** The share of records that have such a key, and the share of pairs that share one. */
function splitOf(
  by: KeyPart,
  rows: readonly number[],
  sample: RecordSample,
  dedupe: boolean,
): { filled: number; pairShare: number } {
  const hashesOf = hashesOfPart(sample.table, by);
  const hashes = rows.map((row) => new Set(hashesOf(row)));
  const filled = hashes.filter((own) => own.size > 0).length / Math.max(rows.length, 1);
  let [compared, shared] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    for (let j = i + 1; j < rows.length; j++) {
      if (!dedupe && sample.source[rows[i] as number] === sample.source[rows[j] as number]) continue;
      compared++;
      if (shareKey(hashes[i] as Set<number>, hashes[j] as Set<number>)) shared++;
    }
  }
  return { filled, pairShare: compared === 0 ? 1 : shared / compared };
}
