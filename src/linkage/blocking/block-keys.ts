import { hash53 } from "../../base/index.ts";
import { findColumn, type Table, type Value, valueAt } from "../../columns/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import type { BlockingRule, LinkageSettings } from "../settings.ts";
import { keyMakerOf } from "./key-makers.ts";

/** The block keys of a batch's rows: row `r` owns `keys[ends[r - 1]]` up to, not including, `keys[ends[r]]`, ascending. */
export interface BlockKeys {
  readonly ends: Int32Array;
  readonly keys: Float64Array;
}

/** Keys a record may have under one rule; a record with 100,000 list members must not swamp a run. */
const keysPerRuleMax = 64;
const ruleSpan = 2 ** 49;

/** The rule a key belongs to: keys carry it in their upper bits, so the keys of a record ascend rule by rule. */
export function ruleOfKey(key: number): number {
  return Math.floor(key / ruleSpan);
}

/** The block keys of every row of the batch, under all rules of the settings. */
export function blockKeys(batch: RecordBatch, settings: LinkageSettings): BlockKeys {
  const makers = settings.rules.map((rule, index) => ruleKeyMaker(batch.table, rule, index));
  const ends = new Int32Array(batch.table.rowCount);
  const keys: number[] = [];
  for (let row = 0; row < ends.length; row++) {
    for (const make of makers) for (const key of make(row)) keys.push(key);
    ends[row] = keys.length;
  }
  return { ends, keys: Float64Array.from(keys) };
}

function ruleKeyMaker(table: Table, rule: BlockingRule, index: number): (row: number) => number[] {
  const parts = rule.keys.map((part) => partMaker(table, part.field, keyMakerOf(part)));
  return (row) => {
    let texts = [""];
    for (const part of parts) {
      const more = part(row);
      if (more.length === 0) return [];
      texts = texts.flatMap((text) => more.map((key) => `${text}\u0000${key}`)).slice(0, keysPerRuleMax);
    }
    const keys = texts.map((text) => index * ruleSpan + (hash53(text, index) % ruleSpan));
    return [...new Set(keys)].sort((a, b) => a - b);
  };
}

/** Makes a part's keys once for each distinct text of the column. */
function partMaker(table: Table, field: string, make: (value: Value) => string[]): (row: number) => string[] {
  const column = findColumn(table, field);
  if (column === undefined) return () => [];
  if (column.kind !== "text") return (row) => make(valueAt(column, row));
  const made: string[][] = [];
  return (row) => {
    const id = column.ids[row] as number;
    if (id < 0) return [];
    made[id] ??= make(column.dictionary.get(id));
    return made[id];
  };
}
