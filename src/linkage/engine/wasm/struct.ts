import type { Arena } from "../arena.ts";

/** Words of memory that a kernel reads by their place in bytes. */
export class Struct {
  readonly at: number;
  readonly #view: DataView;

  constructor(arena: Arena, bytes: number) {
    const placed = arena.uint8(bytes);
    this.at = placed.at;
    this.#view = new DataView(placed.values.buffer, placed.at, bytes);
  }

  /** Writes 32-bit words by their places. */
  set(words: Readonly<Record<number, number>>): void {
    for (const [place, value] of Object.entries(words)) this.#view.setInt32(Number(place), value, true);
  }

  /** Writes 64-bit floating point numbers from a place on. */
  setFloats(place: number, values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) this.#view.setFloat64(place + i * 8, values[i] as number, true);
  }

  /** The 32-bit word at a place. */
  get(place: number): number {
    return this.#view.getInt32(place, true);
  }
}
