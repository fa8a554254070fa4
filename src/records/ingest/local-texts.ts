import type { TextNumbers } from "../../columns/index.ts";

const unused = -1;

/** Numbers the texts that a batch uses out of all of a source, in order of first use. */
export class LocalTexts {
  readonly #from: TextNumbers;
  #idByNumber: Int32Array;
  readonly #texts: string[] = [];

  constructor(from: TextNumbers) {
    this.#from = from;
    this.#idByNumber = new Int32Array(from.size).fill(unused);
  }

  /** The id within the batch of a text by its number within the source. */
  idOf(number: number): number {
    if (number >= this.#idByNumber.length) this.#grow();
    const known = this.#idByNumber[number] as number;
    if (known !== unused) return known;
    const id = this.#texts.push(this.#from.textOf(number)) - 1;
    this.#idByNumber[number] = id;
    return id;
  }

  /** Cleaning may have made new texts since. */
  #grow(): void {
    const larger = new Int32Array(this.#from.size * 2).fill(unused);
    larger.set(this.#idByNumber);
    this.#idByNumber = larger;
  }

  /** The texts by id. */
  list(): readonly string[] {
    return this.#texts;
  }
}
