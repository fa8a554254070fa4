/** Beyond these, the texts of a column are forgotten and numbered anew, so that memory does not grow with the source. */
const textsMax = 1_000_000;
const charactersMax = 32 * 1024 * 1024;

/** The distinct texts of a column under numbers from 0 on, in order of first appearance; they only grow. */
export class TextNumbers {
  readonly #numberByText = new Map<string, number>();
  readonly #texts: string[] = [];
  #characters = 0;

  /** How many texts there are. */
  get size(): number {
    return this.#texts.length;
  }

  /** True when it holds so many texts that the next part of the source should begin with a new one. */
  get isFull(): boolean {
    return this.#texts.length >= textsMax || this.#characters >= charactersMax;
  }

  /** The number of a text, a new one when it was not seen before. */
  numberOf(text: string): number {
    const known = this.#numberByText.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.push(text) - 1;
    this.#numberByText.set(text, number);
    this.#characters += text.length;
    return number;
  }

  /** The text under a number. */
  textOf(number: number): string {
    return this.#texts[number] as string;
  }
}
