import { sortedNumbers } from "../../base/index.ts";
import { GrowingFloat64, type NumberColumn, type Table } from "../../columns/index.ts";
import { digitWords } from "../engine/wasm/layout.ts";
import { kernelRowsMin, withBlockKernel } from "./block-kernel.ts";

/** How often each number was seen: distinct, ascending. */
export interface CountedKeys {
  readonly keys: Float64Array;
  readonly counts: Float64Array;
}

const pendingMax = 1 << 19;

/** Counts numbers exactly in about 16 bytes a distinct one, by sorting what is pending whenever it grows large. */
export class KeyCounter {
  #pending = new GrowingFloat64();
  #counted: CountedKeys = { keys: new Float64Array(0), counts: new Float64Array(0) };
  readonly #byKernel: boolean;

  /** Sorts with the kernel where it is worth it, or in TypeScript alone. */
  constructor(byKernel = true) {
    this.#byKernel = byKernel;
  }

  /** Counts one number. */
  add(key: number): void {
    this.#pending.push(key);
    if (this.#pending.length >= Math.max(pendingMax, this.#counted.keys.length)) this.#compact();
  }

  /** Counts each of these numbers. */
  addAll(keys: Float64Array): void {
    this.#pending.pushAll(keys);
    if (this.#pending.length >= Math.max(pendingMax, this.#counted.keys.length)) this.#compact();
  }

  /** All counts so far. */
  counted(): CountedKeys {
    this.#compact();
    return this.#counted;
  }

  #compact(): void {
    if (this.#pending.length === 0) return;
    const numbers = this.#pending.toArray();
    this.#pending = new GrowingFloat64();
    const byKernel = this.#byKernel && numbers.length >= kernelRowsMin ? kernelRuns(numbers) : undefined;
    const pending = byKernel ?? runsOf(sortedNumbers(numbers));
    this.#counted = this.#counted.keys.length === 0 ? pending : mergeCounted(this.#counted, pending, sum);
  }
}

const sum = (a: number, b: number): number => a + b;

/** Sorts numbers and counts equal ones by the kernel; undefined where it is not built. */
function kernelRuns(numbers: Float64Array): CountedKeys | undefined {
  return withBlockKernel(({ arena, run }) => {
    const [given, spare] = [arena.float64Of(numbers), arena.float64(numbers.length)];
    const isSpare = run.sortKeys(given.at, 0, numbers.length, spare.at, 0, arena.int32(digitWords).at) === 1;
    const [keys, counts] = isSpare ? [spare, given] : [given, spare];
    const size = run.countRuns(keys.at, numbers.length, counts.at);
    return { keys: keys.values.slice(0, size), counts: counts.values.slice(0, size) };
  });
}

/** The distinct ones of ascending numbers, with how often each stands there. */
function runsOf(ascending: Float64Array): CountedKeys {
  const counts = new Float64Array(ascending.length);
  let length = 0;
  for (let i = 0; i < ascending.length; i++) {
    const key = ascending[i] as number;
    if (length === 0 || ascending[length - 1] !== key) ascending[length++] = key;
    counts[length - 1] = (counts[length - 1] as number) + 1;
  }
  return { keys: ascending.slice(0, length), counts: counts.slice(0, length) };
}

/** Merges two ascending lists of distinct keys; the counts of a key that both have are combined. */
export function mergeCounted(a: CountedKeys, b: CountedKeys, combine: (a: number, b: number) => number): CountedKeys {
  if (a.keys.length === 0) return b;
  const keys = new Float64Array(a.keys.length + b.keys.length);
  const counts = new Float64Array(keys.length);
  let i = 0;
  let j = 0;
  let length = 0;
  while (i < a.keys.length && j < b.keys.length) {
    const left = a.keys[i] as number;
    const right = b.keys[j] as number;
    keys[length] = left <= right ? left : right;
    if (left === right) counts[length] = combine(a.counts[i++] as number, b.counts[j++] as number);
    else counts[length] = (left < right ? a.counts[i++] : b.counts[j++]) as number;
    length++;
  }
  for (; i < a.keys.length; i++, length++) {
    keys[length] = a.keys[i] as number;
    counts[length] = a.counts[i] as number;
  }
  for (; j < b.keys.length; j++, length++) {
    keys[length] = b.keys[j] as number;
    counts[length] = b.counts[j] as number;
  }
  return { keys: keys.slice(0, length), counts: counts.slice(0, length) };
}

/** Only the keys that pass. */
export function filterCounted(counted: CountedKeys, passes: (key: number, count: number) => boolean): CountedKeys {
  const keys = new Float64Array(counted.keys.length);
  const counts = new Float64Array(keys.length);
  let length = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = counted.keys[i] as number;
    const count = counted.counts[i] as number;
    if (!passes(key, count)) continue;
    keys[length] = key;
    counts[length++] = count;
  }
  return { keys: keys.slice(0, length), counts: counts.slice(0, length) };
}

/** As a plain table with the columns `key` and `count`. */
export function countedToTable(counted: CountedKeys): Table {
  const columns: NumberColumn[] = [
    { kind: "number", name: "key", values: counted.keys },
    { kind: "number", name: "count", values: counted.counts },
  ];
  return { rowCount: counted.keys.length, columns };
}
