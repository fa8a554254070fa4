/** Distinct texts under whole numbers, in order of first appearance. */
export class TextPool {
  readonly #codes = new Map<string, number>();
  readonly texts: string[] = [];

  /** The code of a text, a new one when it was not seen before. */
  codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.texts.length;
    this.#codes.set(text, code);
    this.texts.push(text);
    return code;
  }
}
