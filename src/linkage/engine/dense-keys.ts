/** The keys that occur at least twice, ascending, and for each place its key's number among them, or -1. */
export interface DenseKeys {
  readonly keys: Float64Array;
  readonly numbers: Int32Array;
}

/** Numbers block keys in their order, through a hash table with open addressing: keys are whole numbers below 2^53. */
export function denseKeys(all: Float64Array): DenseKeys {
  const table = new KeyTable(all.length);
  const slots = new Int32Array(all.length);
  for (let at = 0; at < all.length; at++) slots[at] = table.count(all[at] as number);
  const keys = table.repeatedKeys().sort();
  const numberBySlot = new Int32Array(table.slotCount).fill(-1);
  keys.forEach((key, number) => {
    numberBySlot[table.slotOf(key)] = number;
  });
  return { keys, numbers: slots.map((slot) => numberBySlot[slot] as number) };
}

class KeyTable {
  readonly slotCount: number;
  readonly #keys: Float64Array;
  readonly #counts: Uint8Array;

  constructor(keyCount: number) {
    this.slotCount = 2 ** Math.ceil(Math.log2(Math.max(keyCount, 8) * 1.5));
    this.#keys = new Float64Array(this.slotCount).fill(-1);
    this.#counts = new Uint8Array(this.slotCount);
  }

  /** Counts a key, up to two; gives its slot. */
  count(key: number): number {
    const slot = this.slotOf(key);
    this.#keys[slot] = key;
    if ((this.#counts[slot] as number) < 2) this.#counts[slot] = (this.#counts[slot] as number) + 1;
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

  repeatedKeys(): Float64Array {
    return this.#keys.filter((_, slot) => this.#counts[slot] === 2);
  }
}
