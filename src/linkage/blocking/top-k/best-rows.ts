/** The best few rows for each of several records: higher scores first, of equal ones the earlier row. */
export class BestRows {
  readonly #k: number;
  readonly #rows: Float64Array;
  readonly #scores: Float64Array;
  readonly #counts: Uint8Array;
  #record = 0;

  constructor(recordCount: number, k: number) {
    this.#k = k;
    this.#rows = new Float64Array(recordCount * k);
    this.#scores = new Float64Array(recordCount * k);
    this.#counts = new Uint8Array(recordCount);
  }

  /** Says which record the next offers are for. */
  turnTo(record: number): void {
    this.#record = record;
  }

  /** Takes a row if it is among the best so far. */
  offer(row: number, score: number): void {
    const from = this.#record * this.#k;
    let count = this.#counts[this.#record] as number;
    let at = from + count;
    while (at > from && this.#isBetter(row, score, at - 1)) at--;
    if (at === from + this.#k) return;
    if (count < this.#k) this.#counts[this.#record] = ++count;
    this.#rows.copyWithin(at + 1, at, from + count - 1);
    this.#scores.copyWithin(at + 1, at, from + count - 1);
    this.#rows[at] = row;
    this.#scores[at] = score;
  }

  #isBetter(row: number, score: number, at: number): boolean {
    const other = this.#scores[at] as number;
    return score > other || (score === other && row < (this.#rows[at] as number));
  }

  /** The best rows of a record, best first. */
  of(record: number): Float64Array {
    return this.#rows.subarray(record * this.#k, record * this.#k + (this.#counts[record] as number));
  }
}
