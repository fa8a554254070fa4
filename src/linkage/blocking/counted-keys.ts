import { GrowingFloat64, type NumberColumn, type Table } from "../../columns/index.ts";

/** How often each number was seen: distinct, ascending. */
export interface CountedKeys {
  readonly keys: Float64Array;
  readonly counts: Float64Array;
}

const pendingMax = 1 << 18;

/** Counts numbers exactly in about 16 bytes a distinct one, by sorting what is pending whenever it grows large. */
export class KeyCounter {
  #pending = new GrowingFloat64();
  #counted: CountedKeys = { keys: new Float64Array(0), counts: new Float64Array(0) };

  /** Counts one number. */
  add(key: number): void {
    this.#pending.push(key);
    if (this.#pending.length >= Math.max(pendingMax, this.#counted.keys.length)) this.#compact();
  }

  /** All counts so far. */
  counted(): CountedKeys {
    this.#compact();
    return this.#counted;
  }

  #compact(): void {
    if (this.#pending.length === 0) return;
    const keys = this.#pending.toArray().sort();
    this.#pending = new GrowingFloat64();
    this.#counted = mergeCounted(
      this.#counted,
      { keys, counts: new Float64Array(keys.length).fill(1) },
      (a, b) => a + b,
    );
  }
}

/** Merges two ascending lists; counts of one key are combined, also where one list holds it several times in a row. */
export function mergeCounted(a: CountedKeys, b: CountedKeys, combine: (a: number, b: number) => number): CountedKeys {
  const keys = new Float64Array(a.keys.length + b.keys.length);
  const counts = new Float64Array(keys.length);
  let i = 0;
  let j = 0;
  let length = 0;
  while (i < a.keys.length || j < b.keys.length) {
    const fromA = j >= b.keys.length || (i < a.keys.length && (a.keys[i] as number) <= (b.keys[j] as number));
    const key = (fromA ? a.keys[i] : b.keys[j]) as number;
    const count = (fromA ? a.counts[i++] : b.counts[j++]) as number;
    if (length > 0 && keys[length - 1] === key) {
      counts[length - 1] = combine(counts[length - 1] as number, count);
    } else {
      keys[length] = key;
      counts[length++] = count;
    }
  }
  return { keys: keys.slice(0, length), counts: counts.slice(0, length) };
}

/** Only the keys that pass. */
export function filterCounted(counted: CountedKeys, passes: (key: number, count: number) => boolean): CountedKeys {
  const at = Array.from(counted.keys.keys()).filter((i) =>
    passes(counted.keys[i] as number, counted.counts[i] as number),
  );
  return {
    keys: Float64Array.from(at, (i) => counted.keys[i] as number),
    counts: Float64Array.from(at, (i) => counted.counts[i] as number),
  };
}

/** As a plain table with the columns `key` and `count`. */
export function countedToTable(counted: CountedKeys): Table {
  const columns: NumberColumn[] = [
    { kind: "number", name: "key", values: counted.keys },
    { kind: "number", name: "count", values: counted.counts },
  ];
  return { rowCount: counted.keys.length, columns };
}
