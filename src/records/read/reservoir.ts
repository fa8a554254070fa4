import type { Random } from "../../base/index.ts";

/**
 * A sample of bounded size from a stream of unknown length: the head, and an even spread over the rest.
 * Source: Algorithm R, J. Vitter, Random Sampling with a Reservoir, ACM TOMS 11(1), 1985.
 */
export class Reservoir<T> {
  readonly #head: T[] = [];
  readonly #spread: { place: number; item: T }[] = [];
  readonly #half: number;
  readonly #random: Random;
  #count = 0;

  constructor(size: number, random: Random) {
    this.#half = Math.max(1, Math.floor(size / 2));
    this.#random = random;
  }

  /** How many items were offered. */
  get count(): number {
    return this.#count;
  }

  /** Offers the next item of the stream; `make` is called only when the item is kept. */
  offer(make: () => T): void {
    this.offerMany(1, make);
  }

  /** Offers the next `count` items; `make` gets the place of each that is kept, from 0, among these. */
  offerMany(count: number, make: (at: number) => T): void {
    for (let at = 0; at < count; at++) {
      const place = this.#count++;
      if (place < this.#half) this.#head.push(make(at));
      else if (this.#spread.length < this.#half) this.#spread.push({ place, item: make(at) });
      else {
        const slot = this.#random.integer(place - this.#half + 1);
        if (slot < this.#half) this.#spread[slot] = { place, item: make(at) };
      }
    }
  }

  /** The kept items in the order of the stream. */
  items(): T[] {
    return [...this.#head, ...this.#spread.sort((a, b) => a.place - b.place).map((kept) => kept.item)];
  }
}
