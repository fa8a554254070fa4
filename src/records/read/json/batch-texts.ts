import { Buffer, isUtf8 } from "node:buffer";
import { TextNumbers } from "../../../columns/index.ts";
import { parseFaithfully } from "../json-row.ts";
import { columnPlace, entryBytes, entryKind, entryPlace, ownerShift, planPlace } from "./layout.ts";
import type { ProjectionMemory } from "./projection-memory.ts";
import type { Projector } from "./projector.ts";

const kindMask = (1 << ownerShift) - 1;

/** The texts of a column of a batch, and which of them each text of the projection's dictionary is: the same where undefined. */
export interface ColumnTexts {
  readonly texts: TextNumbers;
  readonly renumbered?: Int32Array;
}

/** Makes the texts of batches from the dictionary of a projection. */
export class BatchTexts {
  readonly #memory: ProjectionMemory;
  readonly #projector: Projector;
  readonly #buffer: Buffer;

  constructor(memory: ProjectionMemory, projector: Projector) {
    this.#memory = memory;
    this.#projector = projector;
    this.#buffer = Buffer.from(memory.memory.buffer);
  }

  /** The texts of each column: of what is JSON or not whole UTF-8 the text that it stands for. */
  take(): readonly ColumnTexts[] {
    const isWhole = this.#areWhole();
    this.#projector.gather();
    return Array.from({ length: this.#memory.columnCount }, (_, column) =>
      isWhole && this.#memory.column(column, columnPlace.odd) === 0
        ? this.#gathered(column)
        : this.#renumbered(column, isWhole),
    );
  }

  #areWhole(): boolean {
    const from = this.#memory.get(planPlace.texts);
    return isUtf8(this.#buffer.subarray(from, from + this.#memory.get(planPlace.textBytes)));
  }

  /** Texts that are what was written. */
  #gathered(column: number): ColumnTexts {
    const memory = this.#memory;
    const start = memory.column(column, columnPlace.gathered);
    const ends = memory.column(column, columnPlace.ends) >> 2;
    const size = memory.column(column, columnPlace.texts);
    const bytes = Buffer.allocUnsafeSlow(memory.column(column, columnPlace.textBytes));
    this.#buffer.copy(bytes, 0, start, start + bytes.length);
    return { texts: TextNumbers.of({ bytes, offsets: memory.words.slice(ends, ends + size + 1) }) };
  }

  /** First those that are what was written, then the others, which may say the same. */
  #renumbered(column: number, isWhole: boolean): ColumnTexts {
    const memory = this.#memory;
    const size = memory.column(column, columnPlace.texts);
    const texts = new TextNumbers(size, memory.column(column, columnPlace.textBytes));
    const renumbered = new Int32Array(size);
    const others: number[] = [];
    const count = memory.get(planPlace.entryCount);
    let at = memory.get(planPlace.entries) >> 2;
    for (let entry = 0; entry < count; entry++, at += entryBytes >> 2) {
      const owner = memory.words[at + (entryPlace.owner >> 2)] as number;
      if (owner >> ownerShift !== column) continue;
      if (!isWhole || (owner & kindMask) !== entryKind.plain) {
        others.push(entry);
        continue;
      }
      const start = memory.entry(entry, entryPlace.start);
      const end = start + memory.entry(entry, entryPlace.length);
      renumbered[memory.entry(entry, entryPlace.number)] = texts.append(memory.bytes, start, end);
    }
    for (const entry of others)
      renumbered[memory.entry(entry, entryPlace.number)] = texts.numberOfText(this.#textOf(entry));
    return { texts, renumbered };
  }

  #textOf(entry: number): string {
    const start = this.#memory.entry(entry, entryPlace.start);
    const end = start + this.#memory.entry(entry, entryPlace.length);
    return textOf(this.#buffer.toString("utf8", start, end), this.#memory.entry(entry, entryPlace.owner) & kindMask);
  }
}

/** What stands in an entry: an escaped string with its quotes, JSON, or a text as it is. */
function textOf(written: string, kind: number): string {
  if (kind === entryKind.plain) return written;
  return kind === entryKind.escaped ? (JSON.parse(written) as string) : JSON.stringify(parseFaithfully(written));
}
