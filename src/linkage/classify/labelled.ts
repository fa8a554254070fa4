import type { Table } from "../../columns/index.ts";
import { blockKeys, keyChanger, ruleOfKey } from "../blocking/index.ts";
import { columnsByName, prepareComparers } from "../compare/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { Frozen } from "./frozen.ts";
import type { PatternOfRule } from "./observations.ts";

/** The pattern of a pair that somebody labelled. */
export interface LabelledPattern extends PatternOfRule {
  readonly match: boolean;
}

/** Labelled pairs with the values of their records, which training reads. */
export interface LabelledRecords {
  /** The records of pair `i` in the rows `2 * i` and `2 * i + 1`, with the fields of the settings. */
  readonly table: Table;
  readonly matches: readonly boolean[];
}

/** The patterns of labelled pairs, each under the first rule that makes it; what no rule makes teaches nothing. */
export function labelledPatterns(
  { table, matches }: LabelledRecords,
  frozen: Frozen,
  settings: LinkageSettings,
): LabelledPattern[] {
  const recordCount = Object.values(frozen.facts.recordCountBySource).reduce((sum, count) => sum + count, 0);
  const comparers = prepareComparers(columnsByName(table), settings.comparisons, frozen.frequencies, recordCount);
  const { ends, keys } = blockKeys(
    { source: "", entityType: settings.entityType, firstRow: 0, fields: settings.fields, table },
    settings,
  );
  const change = keyChanger(table, frozen.facts, 1) ?? ((_row: number, own: Float64Array): Float64Array => own);
  const keysOf = (row: number): Float64Array => change(row, keys.subarray(row === 0 ? 0 : ends[row - 1], ends[row]));
  return matches.flatMap((match, i) => {
    const [left, right] = [2 * i, 2 * i + 1];
    const ofRight = new Set(keysOf(right));
    const shared = keysOf(left).find((key) => ofRight.has(key));
    if (shared === undefined) return [];
    return [{ rule: ruleOfKey(shared), levels: comparers.map((compare) => compare(left, right)), match }];
  });
}
