import { spanDecoder } from "../decode.ts";
import { GrowingColumns, parseJsonRow } from "../json-row.ts";
import type { RawValue } from "../raw-batch.ts";
import type { RawColumns } from "../raw-columns.ts";
import { BadRow, type Rejects } from "../rejects.ts";
import type { SourceLayout } from "../source-layout.ts";
import type { RecordSpans } from "../split/record-spans.ts";
import { recordSpans } from "../text-reader.ts";
import { outcome } from "./layout.ts";
import { Projection, type ProjectionOptions } from "./projection.ts";
import { RowPlaces } from "./row-places.ts";
import type { WantedColumns } from "./wanted-paths.ts";

/**
 * Reads the wanted columns of JSON files in UTF-8, straight from bytes. Records that the projection leaves aside go through
 * JSON.parse, so that what is refused, and why, and every value read, are JSON.parse's.
 */
export async function* readJson(
  layout: SourceLayout,
  rejects: Rejects,
  wanted: WantedColumns,
  options: ProjectionOptions = {},
): AsyncGenerator<RawColumns> {
  const reading = new JsonReading(rejects, wanted, options);
  for (const file of layout.files) {
    reading.startFile(file);
    for await (const spans of recordSpans(file, layout)) yield* reading.take(spans);
    yield* reading.finish();
  }
}

class JsonReading {
  readonly #rejects: Rejects;
  readonly #width: number;
  readonly #grown: GrowingColumns;
  readonly #projection: Projection;
  readonly #decode = spanDecoder("utf-8");
  readonly #places = new RowPlaces();
  #file = "";

  constructor(rejects: Rejects, wanted: WantedColumns, options: ProjectionOptions) {
    this.#rejects = rejects;
    this.#width = wanted.columns.length;
    this.#grown = new GrowingColumns(wanted.columns);
    this.#projection = new Projection(wanted, options);
  }

  startFile(file: string): void {
    this.#file = file;
    this.#places.startFile();
  }

  *take(spans: RecordSpans): Generator<RawColumns> {
    for (let first = 0; first < spans.starts.length; ) {
      const loaded = this.#projection.load(spans.bytes, spans.starts, spans.ends, first);
      if (loaded === 0) {
        yield* this.#takeOdd(spans, first++);
        continue;
      }
      while (this.#projection.readCount < loaded) {
        const result = this.#projection.run();
        if (result === outcome.full) yield* this.finish();
        if (result !== outcome.odd) continue;
        yield* this.#takeOdd(spans, first + this.#projection.readCount);
        this.#projection.skip();
      }
      first += loaded;
    }
  }

  /** The rows read since the last batch. */
  *finish(): Generator<RawColumns> {
    const rowCount = this.#projection.rowCount;
    const places = this.#places.take(rowCount);
    if (rowCount > 0) yield { file: this.#file, rowCount, columns: this.#projection.takeColumns(), ...places };
  }

  /** Reads one record by JSON.parse. */
  *#takeOdd(spans: RecordSpans, i: number): Generator<RawColumns> {
    if (!this.#projection.hasRoom) yield* this.finish();
    const text = this.#decode(spans.bytes, spans.starts[i] as number, spans.ends[i] as number);
    try {
      this.#projection.addRow(this.#parse(text), text.length);
    } catch (problem) {
      if (!(problem instanceof BadRow)) throw problem;
      const row = this.#places.skip(this.#projection.rowCount);
      this.#rejects.take({ file: this.#file, row, line: spans.lines[i] as number, text, problem });
    }
  }

  /** The wanted columns come first, so what a row brings besides stands behind them. */
  #parse(text: string): RawValue[] {
    return parseJsonRow(text, this.#grown).slice(0, this.#width);
  }
}
