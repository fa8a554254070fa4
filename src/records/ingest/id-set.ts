import { hash53, hash53OfUtf8, KindredError } from "../../base/index.ts";

/** The most ids of one source that are told apart. */
const idsMax = 2 ** 26;
const firstCapacity = 1 << 12;

/** What is kept of ids: of each a key from 1 on, and the 32 bits of a check. */
export interface IdHashes {
  readonly keys: Float64Array;
  readonly checks: Int32Array;
}

/**
 * Finds ids that come twice, in 16 bytes a slot however long the ids are: it keeps two hashes of 85 bits together, so that two
 * different ids are taken for one about once in 10^12 sources of ten million.
 */
export class IdSet {
  #keys: Float64Array;
  #checks: Uint32Array;
  #places: Uint32Array;
  #size = 0;

  /** Room is made for so many ids at first; more are welcome. */
  constructor(expected = 0) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(firstCapacity, Math.min(expected, idsMax) * 2)));
    this.#keys = new Float64Array(capacity);
    this.#checks = new Uint32Array(capacity);
    this.#places = new Uint32Array(capacity);
  }

  /**
   * Adds the id of the row at `place`; returns the place of the row that had it before, or -1.
   * @throws limit-exceeded beyond 67,108,864 ids
   */
  add(id: string, place: number): number {
    return this.#addHashed(hash53(id), hash53(id, 1), place);
  }

  /** The same for an id in UTF-8. */
  addUtf8(bytes: Uint8Array, from: number, to: number, place: number): number {
    return this.#addHashed(hash53OfUtf8(bytes, from, to), hash53OfUtf8(bytes, from, to, 1), place);
  }

  /** The same for ids by what the kernel made of them, up to the first that was there before; gives how many were added. */
  addAll({ keys, checks }: IdHashes, placeOf: (i: number) => number): number {
    for (let i = 0; i < keys.length; i++)
      if (this.#addKey(keys[i] as number, (checks[i] as number) >>> 0, placeOf(i)) >= 0) return i;
    return keys.length;
  }

  #addHashed(hash: number, secondHash: number, place: number): number {
    // 0 marks a free slot, so keys start from 1.
    return this.#addKey(hash + 1, secondHash >>> 0, place);
  }

  #addKey(key: number, check: number, place: number): number {
    if (this.#size * 2 >= this.#keys.length) this.#grow();
    const slot = this.#slotOf(key, check);
    if (this.#keys[slot] !== 0) return this.#places[slot] as number;
    this.#put(slot, key, check, place);
    this.#size++;
    return -1;
  }

  #slotOf(key: number, check: number): number {
    const mask = this.#keys.length - 1;
    let slot = key & mask;
    while (this.#keys[slot] !== 0 && (this.#keys[slot] !== key || this.#checks[slot] !== check))
      slot = (slot + 1) & mask;
    return slot;
  }

  #put(slot: number, key: number, check: number, place: number): void {
    this.#keys[slot] = key;
    this.#checks[slot] = check;
    this.#places[slot] = place;
  }

  #grow(): void {
    if (this.#size >= idsMax) {
      throw new KindredError("limit-exceeded", {
        seen: `more than ${idsMax} records in one source`,
        expected: `at most ${idsMax}, whose ids are checked for repeats in memory`,
        hint: "Split the source into several",
      });
    }
    const [keys, checks, places] = [this.#keys, this.#checks, this.#places];
    this.#keys = new Float64Array(keys.length * 2);
    this.#checks = new Uint32Array(keys.length * 2);
    this.#places = new Uint32Array(keys.length * 2);
    for (let old = 0; old < keys.length; old++) {
      const key = keys[old] as number;
      if (key === 0) continue;
      this.#put(this.#slotOf(key, checks[old] as number), key, checks[old] as number, places[old] as number);
    }
  }
}
