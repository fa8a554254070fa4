import type { Table } from "../../../columns/index.ts";
import type { RecordBatch } from "../../../records/index.ts";
import type { TopKSettings } from "../../settings.ts";
import { BestRows } from "./best-rows.ts";
import { PostingIndex, queriesOf } from "./posting-index.ts";
import { TokenCounter, type TokenWeights } from "./token-weights.ts";

/** Records that are indexed at a time: it bounds memory and changes no result. */
const pieceRecordsMax = 1_000_000;
/** Tokens of such records on average; of richer ones fewer are indexed at a time. An index takes about 12 bytes a token. */
const pieceTokensMax = 20_000_000;

/**
 * Looks the records of some batches of one source up among the records of another, or those that come later in their own.
 * The other source is read twice, in its order: counted, then searched.
 *
 * G. Salton, C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988: cosine of binary term
 * frequencies times inverse document frequencies.
 */
export class TopKSearch {
  readonly #lefts: readonly RecordBatch[];
  readonly #topK: TopKSettings;
  readonly #isWithin: boolean;
  readonly #pieceRecords: number;
  readonly #counter: TokenCounter;
  readonly #best: BestRows;
  #weights: TokenWeights | undefined;
  #piece: Table[] = [];
  #pieceFirst = 0;
  #pieceCount = 0;

  /** @param isWithin the other source is the records' own */
  constructor(lefts: readonly RecordBatch[], topK: TopKSettings, isWithin: boolean, pieceRecords = pieceRecordsMax) {
    this.#lefts = lefts;
    this.#topK = topK;
    this.#isWithin = isWithin;
    this.#pieceRecords = pieceRecords;
    this.#counter = new TokenCounter(topK);
    this.#best = new BestRows(
      lefts.reduce((sum, batch) => sum + batch.table.rowCount, 0),
      topK.k,
    );
  }

  /** Counts a batch of the other source; all of them come before the first that is searched. */
  count(batch: RecordBatch): void {
    this.#counter.add(batch.table);
  }

  /** Searches a batch of the other source; they come in their order. */
  search(batch: RecordBatch): void {
    if (this.#piece.length === 0) this.#pieceFirst = batch.firstRow;
    this.#piece.push(batch.table);
    this.#pieceCount += batch.table.rowCount;
    const tokens = this.#pieceCount * this.#counter.tokensPerRecord;
    if (this.#pieceCount >= this.#pieceRecords || tokens >= pieceTokensMax) this.#searchPiece();
  }

  /** The best rows of the other source for each record, numbered through all batches. */
  finish(): BestRows {
    this.#searchPiece();
    return this.#best;
  }

  #searchPiece(): void {
    if (this.#pieceCount === 0) return;
    this.#weights ??= this.#counter.finish();
    const index = new PostingIndex(this.#piece, this.#pieceFirst, this.#topK, this.#weights);
    let record = 0;
    for (const { table, firstRow } of this.#lefts) {
      const queryOf = queriesOf(table, this.#topK, this.#weights);
      for (let row = 0; row < table.rowCount; row++) {
        this.#best.turnTo(record++);
        index.search(queryOf(row), this.#topK.scoreMin, this.#isWithin ? firstRow + row : -1, this.#best);
      }
    }
    this.#piece = [];
    this.#pieceCount = 0;
  }
}
