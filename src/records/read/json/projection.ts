import type { RawValue } from "../raw-batch.ts";
import type { RawColumn } from "../raw-columns.ts";
import { BatchTexts, type ColumnTexts } from "./batch-texts.ts";
import { columnOfRows } from "./columns-of-rows.ts";
import { outcome, planPlace } from "./layout.ts";
import { ProjectionMemory, type ProjectionSizes } from "./projection-memory.ts";
import { openProjector, type Projector, type ProjectorPath } from "./projector.ts";
import type { WantedColumns } from "./wanted-paths.ts";

/** Characters of rows that JSON.parse read, beyond which a batch ends. */
const oddCharactersMax = 8 * 1024 * 1024;

/** How records are projected. */
export interface ProjectionOptions extends ProjectionSizes {
  /** Which path reads: by default the kernel where it is built. */
  readonly path?: ProjectorPath;
}

/** Reads the wanted columns of JSON records into batches of columns, in a memory of fixed size. */
export class Projection {
  /** Where records are loaded. */
  readonly memory: ProjectionMemory;
  readonly #columns: readonly string[];
  readonly #projector: Projector;
  readonly #texts: BatchTexts;
  readonly #odd = new Map<number, readonly RawValue[]>();
  #oddCharacters = 0;

  constructor({ columns, tree }: WantedColumns, { path, ...sizes }: ProjectionOptions = {}) {
    this.#columns = columns;
    this.memory = new ProjectionMemory(tree, columns.length, sizes);
    this.#projector = openProjector(this.memory, path);
    this.#texts = new BatchTexts(this.memory, this.#projector);
  }

  /** Rows read since the last {@link takeColumns}. */
  get rowCount(): number {
    return this.memory.get(planPlace.row);
  }

  /** How many of the loaded records were read, whatever became of them. */
  get readCount(): number {
    return this.memory.get(planPlace.spanAt);
  }

  /**
   * Goes on through the loaded records. `full`: the columns must be taken first. `odd`: the next one is left to the caller, who
   * calls {@link skip}, and {@link addRow} for what became of it.
   */
  run(): number {
    if (this.#oddCharacters > oddCharactersMax) return outcome.full;
    const result = this.#projector.project();
    if (result !== outcome.full || this.rowCount > 0) return result;
    // A record that finds no room in an empty batch needs a dictionary made for it.
    this.memory.clearDictionary(true);
    return this.#projector.project();
  }

  /** Passes over a loaded record. */
  skip(): void {
    this.memory.set(planPlace.spanAt, this.readCount + 1);
  }

  /** Whether a row may be added. */
  get hasRoom(): boolean {
    return this.rowCount < this.memory.get(planPlace.rowsMax) && this.#oddCharacters <= oddCharactersMax;
  }

  /** Adds a row whose values were read elsewhere, one a column; `characters` is how long its text is. */
  addRow(values: readonly RawValue[], characters: number): void {
    this.#odd.set(this.rowCount, values);
    this.#oddCharacters += characters;
    this.memory.set(planPlace.row, this.rowCount + 1);
  }

  /** The columns of the rows read so far; the next row begins a new batch, whose texts are numbered anew. */
  takeColumns(): ReadonlyMap<string, RawColumn> {
    const texts = this.#texts.take();
    const columns = new Map(
      this.#columns.map((name, column) => [
        name,
        columnOfRows(this.memory, texts[column] as ColumnTexts, column, this.#odd),
      ]),
    );
    this.memory.clearRows();
    this.memory.clearDictionary(false);
    this.#odd.clear();
    this.#oddCharacters = 0;
    return columns;
  }
}
