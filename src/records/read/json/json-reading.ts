import { GrowingColumns, parseJsonRow } from "../json-row.ts";
import type { RawColumns } from "../raw-columns.ts";
import { BadRow, type Rejects } from "../rejects.ts";
import type { RecordSpans } from "../split/record-spans.ts";
import { outcome } from "./layout.ts";
import { Projection, type ProjectionOptions } from "./projection.ts";
import type { ProjectionMemory } from "./projection-memory.ts";
import { RowPlaces } from "./row-places.ts";
import type { WantedColumns } from "./wanted-paths.ts";

/** A source of JSON being read: what is projected, what is left to JSON.parse, and where rows stand. */
export class JsonReading {
  readonly #rejects: Rejects;
  readonly #width: number;
  readonly #grown: GrowingColumns;
  readonly #projection: Projection;
  readonly #places = new RowPlaces();
  #file = "";

  constructor(rejects: Rejects, wanted: WantedColumns, options: ProjectionOptions) {
    this.#rejects = rejects;
    this.#width = wanted.columns.length;
    this.#grown = new GrowingColumns(wanted.columns);
    this.#projection = new Projection(wanted, options);
  }

  /** Where records may be read to. */
  get memory(): ProjectionMemory {
    return this.#projection.memory;
  }

  /** The next record is the first of a file. */
  startFile(file: string): void {
    this.#file = file;
    this.#places.startFile();
  }

  /** Reads records that lie anywhere. */
  *takeSpans(spans: RecordSpans): Generator<RawColumns> {
    for (let first = 0; first < spans.starts.length; ) {
      const loaded = this.memory.loadSpans(spans.bytes, spans.starts, spans.ends, first);
      if (loaded > 0) yield* this.#readLoaded(spans, first, loaded);
      else yield* this.#takeOdd(spans, first);
      first += Math.max(loaded, 1);
    }
  }

  /** Reads records that lie in {@link memory}, whose bytes `spans` counts from its start. */
  *takeInPlace(spans: RecordSpans): Generator<RawColumns> {
    for (let first = 0; first < spans.starts.length; ) {
      const loaded = this.memory.takeSpans(spans.starts, spans.ends, first);
      yield* this.#readLoaded(spans, first, loaded);
      first += loaded;
    }
  }

  /** Reads records without the memory, which holds others that are not read yet. */
  *takeAside(spans: RecordSpans): Generator<RawColumns> {
    for (let i = 0; i < spans.starts.length; i++) yield* this.#takeOdd(spans, i);
  }

  /** The rows read since the last batch. */
  *finish(): Generator<RawColumns> {
    const rowCount = this.#projection.rowCount;
    const places = this.#places.take(rowCount);
    if (rowCount > 0) yield { file: this.#file, rowCount, columns: this.#projection.takeColumns(), ...places };
  }

  *#readLoaded(spans: RecordSpans, first: number, loaded: number): Generator<RawColumns> {
    while (this.#projection.readCount < loaded) {
      const result = this.#projection.run();
      if (result === outcome.full) yield* this.finish();
      if (result !== outcome.odd) continue;
      yield* this.#takeOdd(spans, first + this.#projection.readCount);
      this.#projection.skip();
    }
  }

  /** Reads one record by JSON.parse; the wanted columns come first, so what it brings besides stands behind them. */
  *#takeOdd({ bytes, starts, ends, lines }: RecordSpans, i: number): Generator<RawColumns> {
    if (!this.#projection.hasRoom) yield* this.finish();
    const text = bytes.toString("utf8", starts[i], ends[i]);
    try {
      this.#projection.addRow(parseJsonRow(text, this.#grown).slice(0, this.#width), text.length);
    } catch (problem) {
      if (!(problem instanceof BadRow)) throw problem;
      const row = this.#places.skip(this.#projection.rowCount);
      this.#rejects.take({ file: this.#file, row, line: lines[i] as number, text, problem });
    }
  }
}
