import type { GrowingInt32 } from "../../columns/index.ts";

/** Lists are searched as they are up to this length; longer ones through a set. */
const searchedMax = 32;

/** Appends the members of list after list, those that a list has already and negative ones left out. */
export class DistinctNumbers {
  readonly #out: GrowingInt32;
  #start = 0;
  #known: Set<number> | null = null;

  constructor(out: GrowingInt32) {
    this.#out = out;
  }

  /** Begins the next list. */
  begin(): void {
    this.#start = this.#out.length;
    this.#known = null;
  }

  /** Appends a member. */
  add(member: number): void {
    if (member < 0 || this.#has(member)) return;
    this.#out.push(member);
    this.#known?.add(member);
  }

  #has(member: number): boolean {
    if (this.#known !== null) return this.#known.has(member);
    if (this.#out.length - this.#start < searchedMax) return this.#out.hasFrom(this.#start, member);
    this.#known = new Set(this.#out.from(this.#start));
    return this.#known.has(member);
  }
}
