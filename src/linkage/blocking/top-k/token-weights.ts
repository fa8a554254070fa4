import type { Table } from "../../../columns/index.ts";
import type { TopKSettings } from "../../settings.ts";
import { type CountedKeys, KeyCounter } from "../counted-keys.ts";
import { rowTokens } from "./tokens.ts";

/** Counts in how many records of a source each token stands, table by table. */
export class TokenCounter {
  readonly #topK: TopKSettings;
  readonly #counter = new KeyCounter();
  #recordCount = 0;
  #tokenCount = 0;

  constructor(topK: TopKSettings) {
    this.#topK = topK;
  }

  /** Counts the tokens of some records. */
  add(table: Table): void {
    const tokensOf = rowTokens(table, this.#topK);
    for (let row = 0; row < table.rowCount; row++) {
      const tokens = tokensOf(row);
      for (const token of tokens) this.#counter.add(token);
      this.#tokenCount += tokens.length;
    }
    this.#recordCount += table.rowCount;
  }

  /** Tokens that a record has on average. */
  get tokensPerRecord(): number {
    return this.#tokenCount / Math.max(this.#recordCount, 1);
  }

  /** What the tokens weigh in a source of these records. */
  finish(): TokenWeights {
    return new TokenWeights(this.#counter.counted(), this.#recordCount, this.#topK.postingsMax);
  }
}

/**
 * What tokens weigh in one source: frozen, so the same for whoever looks a record up. The weight of a token of `n` in `N` records
 * is the square of its inverse document frequency, ln(1 + N / n); a token counts once a record. A token of too many
 * records weighs nothing, and one that no record has weighs most.
 */
export class TokenWeights {
  readonly #tokens: Float64Array;
  readonly #weights: Float64Array;
  readonly #unseen: number;

  constructor(counted: CountedKeys, recordCount: number, postingsMax: number) {
    this.#tokens = counted.keys;
    this.#weights = counted.counts.map((count) => (count > postingsMax ? 0 : weightOf(count, recordCount)));
    this.#unseen = weightOf(1, recordCount);
  }

  /** How many tokens there are. */
  get size(): number {
    return this.#tokens.length;
  }

  /** The number of a token, or -1 for one that no record has. */
  numberOf(token: number): number {
    let low = 0;
    let high = this.#tokens.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#tokens[middle] as number;
      if (found === token) return middle;
      if (found < token) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** The weight of a numbered token, or of one that no record has. */
  weight(number: number): number {
    return number < 0 ? this.#unseen : (this.#weights[number] as number);
  }
}

function weightOf(count: number, recordCount: number): number {
  return Math.log(1 + recordCount / count) ** 2;
}
