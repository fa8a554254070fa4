import { hash53, hashPair53 } from "../../base/index.ts";
import { findColumn, GrowingFloat64, nullId, type Table, valueAt } from "../../columns/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import type { BlockingRule, KeyPart, LinkageSettings } from "../settings.ts";
import { keyMakerOf, textKeyOf } from "./key-makers.ts";

/** The block keys of a batch's rows: row `r` owns `keys[ends[r - 1]]` up to, not including, `keys[ends[r]]`, ascending. */
export interface BlockKeys {
  readonly ends: Int32Array;
  readonly keys: Float64Array;
}

/** Keys a record may have under one rule; a record with 100,000 list members must not swamp a run. */
const keysPerRuleMax = 64;
/** How far apart the keys of two rules are. */
export const ruleSpan = 2 ** 49;

/** The rule a key belongs to: keys carry it in their upper bits, so the keys of a record ascend rule by rule. */
export function ruleOfKey(key: number): number {
  return Math.floor(key / ruleSpan);
}

/** The block keys of every row of the batch, under all rules of the settings. */
export function blockKeys(batch: RecordBatch, settings: LinkageSettings): BlockKeys {
  const rules = settings.rules.map((rule) => partHashes(batch.table, rule));
  const ends = new Int32Array(batch.table.rowCount);
  const keys = new GrowingFloat64();
  for (let row = 0; row < ends.length; row++) {
    for (let rule = 0; rule < rules.length; rule++) {
      const hashes = ruleHashes(rules[rule] as readonly RowHashes[], row);
      if (hashes.length === 1) keys.push(rule * ruleSpan + ((hashes[0] as number) % ruleSpan));
      else for (const key of distinctAscending(hashes)) keys.push(rule * ruleSpan + key);
    }
    ends[row] = keys.length;
  }
  return { ends, keys: keys.toArray() };
}

function distinctAscending(hashes: readonly number[]): number[] {
  return [...new Set(hashes.map((hash) => hash % ruleSpan))].sort((a, b) => a - b);
}

/** The hashes of what one part of a rule makes of a row; none where the row has no such value. */
export type RowHashes = (row: number) => readonly number[];

const none: readonly number[] = [];

/** A hash for every way to take one key of each part. */
function ruleHashes(parts: readonly RowHashes[], row: number): readonly number[] {
  let hashes = (parts[0] as RowHashes)(row);
  for (let part = 1; part < parts.length && hashes.length > 0; part++) {
    const more = (parts[part] as RowHashes)(row);
    if (more.length === 0) return none;
    if (hashes.length === 1 && more.length === 1) hashes = [hashPair53(hashes[0] as number, more[0] as number)];
    else hashes = hashes.flatMap((hash) => more.map((other) => hashPair53(hash, other)));
  }
  return hashes.length > keysPerRuleMax ? hashes.slice(0, keysPerRuleMax) : hashes;
}

function partHashes(table: Table, rule: BlockingRule): RowHashes[] {
  return rule.keys.map((part) => hashesOfPart(table, part));
}

/** The hashes of a part's keys, made once for each distinct value of the column. */
export function hashesOfPart(table: Table, part: KeyPart): RowHashes {
  const column = findColumn(table, part.field);
  if (column === undefined) return () => none;
  const make = keyMakerOf(part);
  if (column.kind === "textList") return (row) => make(valueAt(column, row)).map((key) => hash53(key));
  if (column.kind === "number") {
    const made = new Map<number, readonly number[]>();
    return (row) => {
      const value = column.values[row] as number;
      const known = made.get(value) ?? make(Number.isNaN(value) ? null : value).map((key) => hash53(key));
      made.set(value, known);
      return known;
    };
  }
  const textKey = textKeyOf(part);
  const made: (readonly number[] | undefined)[] = new Array(column.dictionary.size);
  return (row) => {
    const id = column.ids[row] as number;
    if (id === nullId) return none;
    const known = made[id];
    if (known !== undefined) return known;
    const text = column.dictionary.get(id);
    const hashes = textKey === undefined ? make(text).map((key) => hash53(key)) : hashesOfKey(textKey(text));
    made[id] = hashes;
    return hashes;
  };
}

function hashesOfKey(key: string): readonly number[] {
  return key === "" ? none : [hash53(key)];
}
