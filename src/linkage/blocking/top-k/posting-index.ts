import { GrowingFloat64, GrowingInt32, type Table } from "../../../columns/index.ts";
import type { TopKSettings } from "../../settings.ts";
import type { BestRows } from "./best-rows.ts";
import type { TokenWeights } from "./token-weights.ts";
import { rowTokens } from "./tokens.ts";

/** A record to look up: the numbers of its tokens that weigh something, ascending, and the weight of all of them. */
export interface TokenQuery {
  readonly numbers: readonly number[];
  readonly total: number;
}

/** Turns the rows of a table into queries. */
export function queriesOf(table: Table, topK: TopKSettings, weights: TokenWeights): (row: number) => TokenQuery {
  const tokensOf = rowTokens(table, topK);
  return (row) => {
    const numbers: number[] = [];
    let total = 0;
    for (const token of tokensOf(row)) {
      const number = weights.numberOf(token);
      const weight = weights.weight(number);
      total += weight;
      if (number >= 0 && weight > 0) numbers.push(number);
    }
    return { numbers, total };
  };
}

/** Some consecutive records of a source, found by their tokens. */
export class PostingIndex {
  readonly #weights: TokenWeights;
  readonly #firstRow: number;
  readonly #totals: Float64Array;
  /** Token `n` stands in the records `#records[#starts[n]]` up to `#records[#starts[n + 1]]`, ascending. */
  readonly #starts: Int32Array;
  readonly #records: Int32Array;
  readonly #sums: Float64Array;
  readonly #touched: Int32Array;

  /** @param tables consecutive records, the first of which is row `firstRow` of its source */
  constructor(tables: readonly Table[], firstRow: number, topK: TopKSettings, weights: TokenWeights) {
    this.#weights = weights;
    this.#firstRow = firstRow;
    const numbers = new GrowingInt32();
    const ends = new GrowingInt32();
    const totals = new GrowingFloat64();
    for (const table of tables) {
      const queryOf = queriesOf(table, topK, weights);
      for (let row = 0; row < table.rowCount; row++) {
        const query = queryOf(row);
        for (const number of query.numbers) numbers.push(number);
        ends.push(numbers.length);
        totals.push(query.total);
      }
    }
    this.#totals = totals.toArray();
    const inverted = invert(numbers.toArray(), ends.toArray(), weights.size);
    this.#starts = inverted.starts;
    this.#records = inverted.records;
    this.#sums = new Float64Array(this.#totals.length);
    this.#touched = new Int32Array(this.#totals.length);
  }

  /** Offers every record of at least `scoreMin` that shares a token with the query, and comes after `afterRow`. */
  search({ numbers, total }: TokenQuery, scoreMin: number, afterRow: number, best: BestRows): void {
    const first = afterRow + 1 - this.#firstRow;
    let touched = 0;
    for (const number of numbers) {
      const weight = this.#weights.weight(number);
      const to = this.#starts[number + 1] as number;
      for (let at = this.#firstFrom(number, first); at < to; at++) {
        const record = this.#records[at] as number;
        if (this.#sums[record] === 0) this.#touched[touched++] = record;
        this.#sums[record] = (this.#sums[record] as number) + weight;
      }
    }
    for (let i = 0; i < touched; i++) {
      const record = this.#touched[i] as number;
      const score = (this.#sums[record] as number) / Math.sqrt(total * (this.#totals[record] as number));
      this.#sums[record] = 0;
      if (score >= scoreMin) best.offer(this.#firstRow + record, score);
    }
  }

  /** Where the postings of a token begin that are not before the record `first`. */
  #firstFrom(number: number, first: number): number {
    let low = this.#starts[number] as number;
    if (first <= 0) return low;
    let high = this.#starts[number + 1] as number;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#records[middle] as number) < first) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function invert(
  numbers: Int32Array,
  ends: Int32Array,
  tokenCount: number,
): { starts: Int32Array; records: Int32Array } {
  const starts = new Int32Array(tokenCount + 1);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] as number) + 1;
  for (let n = 0; n < tokenCount; n++) starts[n + 1] = (starts[n + 1] as number) + (starts[n] as number);
  const next = starts.slice();
  const records = new Int32Array(numbers.length);
  for (let record = 0, at = 0; record < ends.length; record++) {
    for (; at < (ends[record] as number); at++) {
      const number = numbers[at] as number;
      records[next[number] as number] = record;
      next[number] = (next[number] as number) + 1;
    }
  }
  return { starts, records };
}
