import { selectRows } from "../../../columns/index.ts";
import type { RecordBatch } from "../../../records/index.ts";
import type { LinkageSettings } from "../../settings.ts";
import type { ShardPart } from "../../shard-part.ts";
import { type BlockKeys, blockKeys } from "../block-keys.ts";
import { partition } from "../partition.ts";
import type { PairKeys } from "./top-k-pairs.ts";

/** Collects those records of one source that are in a pair, with the keys of rules and of pairs, batch by batch in order. */
export class PairParts {
  readonly #pairs: PairKeys;
  readonly #settings: LinkageSettings;
  readonly #parts: ShardPart[] = [];
  #at = 0;

  constructor(pairs: PairKeys, settings: LinkageSettings) {
    this.#pairs = pairs;
    this.#settings = settings;
  }

  /** Takes the records of a batch that are in a pair. */
  add(batch: RecordBatch): void {
    const { rows } = this.#pairs;
    const from = this.#at;
    const end = batch.firstRow + batch.table.rowCount;
    while (this.#at < rows.length && (rows[this.#at] as number) < end) this.#at++;
    if (from === this.#at) return;
    const distinct = Float64Array.from(new Set(rows.subarray(from, this.#at)));
    const table = selectRows(
      batch.table,
      Int32Array.from(distinct, (row) => row - batch.firstRow),
    );
    const chosen = { ...batch, firstRow: 0, table };
    const keys = this.#withPairKeys(blockKeys(chosen, this.#settings), distinct, from);
    const [part] = partition(chosen, keys, this.#settings, 1);
    this.#parts.push(withRows(part as ShardPart, distinct));
  }

  /** The records taken, in their order. */
  get parts(): readonly ShardPart[] {
    return this.#parts;
  }

  /** The keys of rules come first: pair keys are of later rules. */
  #withPairKeys(own: BlockKeys, rows: Float64Array, from: number): BlockKeys {
    const keys: number[] = [];
    const ends = new Int32Array(rows.length);
    let at = from;
    rows.forEach((row, i) => {
      for (let k = i === 0 ? 0 : (own.ends[i - 1] as number); k < (own.ends[i] as number); k++)
        keys.push(own.keys[k] as number);
      while (at < this.#at && this.#pairs.rows[at] === row) keys.push(this.#pairs.keys[at++] as number);
      ends[i] = keys.length;
    });
    return { ends, keys: Float64Array.from(keys) };
  }
}

/** The part's rows are places among the chosen records; puts their places in the source there. */
function withRows(part: ShardPart, rows: Float64Array): ShardPart {
  const columns = part.records.columns.map((column) =>
    column.name === "row" && column.kind === "number"
      ? { ...column, values: column.values.map((place) => rows[place] as number) }
      : column,
  );
  return { ...part, records: { ...part.records, columns } };
}
