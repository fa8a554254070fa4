import { sortedNumbers } from "../../base/index.ts";
import { GrowingFloat64 } from "../../columns/index.ts";

/** The keys that make pairs, ascending, and for each place its key's number among them, or -1. */
export interface DenseKeys {
  readonly keys: Float64Array;
  readonly numbers: Int32Array;
}

/**
 * Numbers those block keys, in their order, that several records have, and where `sourceOf` is given records of several
 * sources. A record's keys stand from `starts[record]` up to `starts[record + 1]`, its source, when it has one, at most 9.
 */
export function denseKeys(all: Float64Array, starts: Int32Array, sourceOf: Uint8Array | null): DenseKeys {
  const table = new KeyTable(starts[starts.length - 1] ?? 0);
  const slots = new Int32Array(all.length);
  for (let record = 0; record + 1 < starts.length; record++) {
    const mark = sourceOf === null ? null : (sourceOf[record] as number) + 1;
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at++)
      slots[at] = table.note(all[at] as number, mark);
  }
  const keys = sortedNumbers(table.pairedKeys());
  const numberBySlot = new Int32Array(table.slotCount).fill(-1);
  for (let number = 0; number < keys.length; number++) numberBySlot[table.slotOf(keys[number] as number)] = number;
  for (let at = 0; at < slots.length; at++) slots[at] = numberBySlot[slots[at] as number] as number;
  return { keys, numbers: slots };
}

/** Says that a key makes pairs; other marks are sources, or 1 where sources do not matter. */
const paired = 255;

/** A hash table with open addressing: keys are whole numbers below 2^53. */
class KeyTable {
  readonly slotCount: number;
  readonly #keys: Float64Array;
  readonly #marks: Uint8Array;

  constructor(keyCount: number) {
    this.slotCount = 2 ** Math.ceil(Math.log2(Math.max(keyCount, 8) * 1.5));
    this.#keys = new Float64Array(this.slotCount).fill(-1);
    this.#marks = new Uint8Array(this.slotCount);
  }

  /** Notes a key of a record of some source, or of whatever source; gives its slot. */
  note(key: number, source: number | null): number {
    const slot = this.slotOf(key);
    const mark = this.#marks[slot] as number;
    if (mark === 0) {
      this.#keys[slot] = key;
      this.#marks[slot] = source ?? 1;
    } else if (mark !== source) this.#marks[slot] = paired;
    return slot;
  }

  /** Where a key is, or would be. */
  slotOf(key: number): number {
    const mask = this.slotCount - 1;
    const mixed = Math.imul((key | 0) ^ Math.imul((key / 2 ** 32) | 0, 0x85ebca6b), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#keys[slot] !== key && this.#keys[slot] !== -1) slot = (slot + 1) & mask;
    return slot;
  }

  pairedKeys(): Float64Array {
    const keys = new GrowingFloat64();
    for (let slot = 0; slot < this.slotCount; slot++)
      if (this.#marks[slot] === paired) keys.push(this.#keys[slot] as number);
    return keys.toArray();
  }
}
