import { hash53, hashPair53 } from "../../base/index.ts";
import { findColumn, GrowingFloat64, nullId, type Table, valueAt } from "../../columns/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import type { BlockingRule, KeyPart, LinkageSettings } from "../settings.ts";
import { kernelRowsMin } from "./block-kernel.ts";
import { kernelBlockKeys } from "./kernel-keys.ts";
import { keyMakerOf } from "./key-makers.ts";
import { noHash, singleHashes } from "./single-hashes.ts";

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

/** The block keys of every row of the batch, under all rules of the settings; `byKernel` where it is worth it (the default). */
export function blockKeys(batch: RecordBatch, settings: LinkageSettings, byKernel = true): BlockKeys {
  const made = byKernel && batch.table.rowCount >= kernelRowsMin ? kernelBlockKeys(batch.table, settings) : undefined;
  return made ?? plainBlockKeys(batch, settings);
}

/** The same in TypeScript: the reference, and the way of rules that may give a row several keys. */
function plainBlockKeys(batch: RecordBatch, settings: LinkageSettings): BlockKeys {
  const rules = settings.rules.map((rule) => keysOfRule(batch.table, rule));
  const ends = new Int32Array(batch.table.rowCount);
  const keys = new GrowingFloat64(ends.length * rules.length);
  for (let row = 0; row < ends.length; row++) {
    for (let rule = 0; rule < rules.length; rule++) {
      const { single, several } = rules[rule] as RuleKeys;
      if (single !== null) {
        const hash = single[row] as number;
        if (hash !== noHash) keys.push(rule * ruleSpan + inSpan(hash));
      } else for (const key of distinctAscending(several(row))) keys.push(rule * ruleSpan + key);
    }
    ends[row] = keys.length;
  }
  return { ends, keys: keys.toArray() };
}

/** The hashes that a rule makes of a row: one of each row at most, or any number. */
interface RuleKeys {
  readonly single: Float64Array | null;
  readonly several: RowHashes;
}

function keysOfRule(table: Table, rule: BlockingRule): RuleKeys {
  if (rule.keys.length === 0) return { single: null, several: () => none };
  const singles = rule.keys.map((part) => singleHashes(table, part));
  if (singles.every((hashes) => hashes !== undefined))
    return { single: singles.reduce(pairHashes), several: () => none };
  const parts = rule.keys.map((part) => hashesOfPart(table, part));
  return { single: null, several: (row) => ruleHashes(parts, row) };
}

function pairHashes(first: Float64Array, second: Float64Array): Float64Array {
  const hashes = new Float64Array(first.length);
  for (let row = 0; row < hashes.length; row++) {
    const [a, b] = [first[row] as number, second[row] as number];
    hashes[row] = a === noHash || b === noHash ? noHash : hashPair53(a, b);
  }
  return hashes;
}

/** The remainder by the span, a power of two. */
function inSpan(hash: number): number {
  return hash - Math.floor(hash / ruleSpan) * ruleSpan;
}

function distinctAscending(hashes: readonly number[]): number[] {
  if (hashes.length < 2) return hashes.map(inSpan);
  return [...new Set(hashes.map(inSpan))].sort((a, b) => a - b);
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
  const made: (readonly number[] | undefined)[] = new Array(column.dictionary.size);
  return (row) => {
    const id = column.ids[row] as number;
    if (id === nullId) return none;
    const hashes = made[id] ?? make(column.dictionary.get(id)).map((key) => hash53(key));
    made[id] = hashes;
    return hashes;
  };
}
