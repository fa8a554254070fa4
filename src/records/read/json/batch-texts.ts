import { Buffer, isUtf8 } from "node:buffer";
import { TextNumbers } from "../../../columns/index.ts";
import { parseFaithfully } from "../json-row.ts";
import { entryBytes, entryKind, entryPlace, ownerShift, planPlace } from "./layout.ts";
import type { ProjectionMemory } from "./projection-memory.ts";
import type { Projector } from "./projector.ts";

const kindMask = (1 << ownerShift) - 1;

/** The texts of a batch by column, and which of them each entry of the projection's dictionary is. */
export class BatchTexts {
  readonly #memory: ProjectionMemory;
  readonly #projector: Projector;
  readonly #buffer: Buffer;
  readonly #numberByEntry: Int32Array;
  #textsByColumn: readonly TextNumbers[] = [];

  constructor(memory: ProjectionMemory, projector: Projector) {
    this.#memory = memory;
    this.#projector = projector;
    this.#buffer = Buffer.from(memory.memory.buffer);
    this.#numberByEntry = new Int32Array(memory.entriesMax);
  }

  /** The number of each entry's text among those of its column. */
  get numberByEntry(): Int32Array {
    return this.#numberByEntry;
  }

  /** The texts of a column. */
  textsOf(column: number): TextNumbers {
    return this.#textsByColumn[column] as TextNumbers;
  }

  /** Numbers the texts of the batch: what is escaped, JSON or not whole UTF-8 as the text that it stands for. */
  number(): void {
    const memory = this.#memory;
    const { words } = memory;
    const written = memory.get(planPlace.entryCount);
    const isWhole = this.#areWhole();
    const notPlain = this.#makeTexts(written);
    const sameAs = this.#readWritten(isWhole ? notPlain : []);
    const count = memory.get(planPlace.entryCount);
    const unplaced: number[] = [];
    let at = memory.get(planPlace.entries) >> 2;
    for (let entry = 0; entry < count; entry++, at += entryBytes >> 2) {
      const owner = words[at + (entryPlace.owner >> 2)] as number;
      if (entry < written && (!isWhole || (owner & kindMask) !== entryKind.plain)) {
        unplaced.push(entry);
        continue;
      }
      const start = words[at + (entryPlace.start >> 2)] as number;
      const end = start + (words[at + (entryPlace.length >> 2)] as number);
      this.#numberByEntry[entry] = this.textsOf(owner >> ownerShift).append(memory.bytes, start, end);
    }
    for (const entry of unplaced) {
      const same = sameAs.get(entry);
      this.#numberByEntry[entry] =
        same === undefined ? this.#numberOfWritten(entry) : (this.#numberByEntry[same] as number);
    }
  }

  /** The entries that say plainly what others say escaped; none for those that find no room. */
  #readWritten(notPlain: readonly number[]): ReadonlyMap<number, number> {
    const memory = this.#memory;
    const sameAs = new Map<number, number>();
    const scratch = memory.get(planPlace.index);
    for (const entry of notPlain) {
      const owner = memory.entry(entry, entryPlace.owner);
      const text = this.#textOf(entry, owner);
      if (!memory.hasRoomFor(text.length * 3)) continue;
      const length = this.#buffer.write(text, scratch);
      sameAs.set(entry, this.#projector.add(owner >> ownerShift, entryKind.plain, scratch, length));
    }
    return sameAs;
  }

  #areWhole(): boolean {
    const from = this.#memory.get(planPlace.texts);
    return isUtf8(this.#buffer.subarray(from, from + this.#memory.get(planPlace.textBytes)));
  }

  /** Makes empty texts for each column with room for what the entries say; gives the entries that are not plain. */
  #makeTexts(count: number): readonly number[] {
    const { words, columnCount } = this.#memory;
    const sizes = new Int32Array(columnCount);
    const bytes = new Int32Array(columnCount);
    const notPlain: number[] = [];
    let at = this.#memory.get(planPlace.entries) >> 2;
    for (let entry = 0; entry < count; entry++, at += entryBytes >> 2) {
      const owner = words[at + (entryPlace.owner >> 2)] as number;
      const column = owner >> ownerShift;
      sizes[column] = (sizes[column] as number) + 1;
      bytes[column] = (bytes[column] as number) + (words[at + (entryPlace.length >> 2)] as number);
      if ((owner & kindMask) !== entryKind.plain) notPlain.push(entry);
    }
    this.#textsByColumn = Array.from(sizes, (size, column) => new TextNumbers(size, bytes[column]));
    return notPlain;
  }

  #numberOfWritten(entry: number): number {
    const owner = this.#memory.entry(entry, entryPlace.owner);
    return this.textsOf(owner >> ownerShift).numberOfText(this.#textOf(entry, owner));
  }

  #textOf(entry: number, owner: number): string {
    const start = this.#memory.entry(entry, entryPlace.start);
    const end = start + this.#memory.entry(entry, entryPlace.length);
    return textOf(this.#buffer.toString("utf8", start, end), owner & kindMask);
  }
}

/** What stands in an entry: an escaped string with its quotes, JSON, or a text as it is. */
function textOf(written: string, kind: number): string {
  if (kind === entryKind.plain) return written;
  return kind === entryKind.escaped ? (JSON.parse(written) as string) : JSON.stringify(parseFaithfully(written));
}
