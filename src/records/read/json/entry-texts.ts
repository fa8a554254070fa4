import { isUtf8 } from "node:buffer";
import { TextNumbers } from "../../../columns/index.ts";
import { parseFaithfully } from "../json-row.ts";
import { entryKind, entryPlace, ownerShift, planPlace } from "./layout.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

const unread = -1;
/** Beyond these the texts of a column are forgotten, so that memory does not grow with the source. */
const textsMax = 1_000_000;
const textBytesMax = 32 * 1024 * 1024;

/** The texts of a projection's dictionary, each looked at once and numbered among those of its column. */
export class EntryTexts {
  readonly #memory: ProjectionMemory;
  readonly #buffer: Buffer;
  readonly #numberByEntry: Int32Array;
  readonly #textsByColumn: TextNumbers[];
  /** How many texts columns had when the batch began, and how often they were asked for since. */
  readonly #sizes: number[];
  readonly #uses: number[];
  /** Whether all bytes of the dictionary are UTF-8, and how many of them were looked at. */
  #isUtf8 = true;
  #checkedBytes = 0;

  constructor(memory: ProjectionMemory) {
    this.#memory = memory;
    this.#buffer = Buffer.from(memory.memory.buffer);
    this.#numberByEntry = new Int32Array(memory.entriesMax).fill(unread);
    this.#textsByColumn = Array.from({ length: memory.columnCount }, () => new TextNumbers());
    this.#sizes = this.#textsByColumn.map(() => 0);
    this.#uses = this.#textsByColumn.map(() => 0);
  }

  /** The texts of a column. */
  textsOf(column: number): TextNumbers {
    return this.#textsByColumn[column] as TextNumbers;
  }

  /** To be called before the numbers of a batch are asked for: looks whether its new bytes are UTF-8 throughout. */
  startBatch(): void {
    const from = this.#memory.get(planPlace.texts);
    const end = this.#memory.get(planPlace.textBytes);
    this.#isUtf8 = isUtf8(this.#buffer.subarray(from + this.#checkedBytes, from + end)) && this.#isUtf8;
    this.#checkedBytes = end;
  }

  /** Notes how many values a column has in the batch. */
  noteUses(column: number, count: number): void {
    this.#uses[column] = (this.#uses[column] as number) + count;
  }

  /** The number of an entry's text among those of its column. */
  numberOf(entry: number): number {
    const known = this.#numberByEntry[entry] as number;
    if (known !== unread) return known;
    const owner = this.#memory.entry(entry, entryPlace.owner);
    const texts = this.textsOf(owner >> ownerShift);
    const start = this.#memory.entry(entry, entryPlace.start);
    const end = start + this.#memory.entry(entry, entryPlace.length);
    const kind = owner & ((1 << ownerShift) - 1);
    const isPlain = kind === entryKind.plain && this.#isUtf8;
    const number = isPlain
      ? texts.numberOf(this.#memory.bytes, start, end)
      : texts.numberOfText(textOf(this.#buffer.toString("utf8", start, end), kind));
    this.#numberByEntry[entry] = number;
    return number;
  }

  /**
   * To be called between batches: the texts of columns where most were new in the last batch, or that are full, begin anew, since
   * keeping them would fill memory with what hardly comes again.
   */
  renew(): void {
    const renewed = this.#textsByColumn.map((texts, column) => {
      const added = texts.size - (this.#sizes[column] as number);
      this.#sizes[column] = texts.size;
      return isFull(texts) || added > (this.#uses[column] as number) / 2;
    });
    this.#uses.fill(0);
    if (!renewed.includes(true)) return;
    for (let entry = this.#memory.get(planPlace.entryCount) - 1; entry >= 0; entry--)
      if (renewed[this.#memory.entry(entry, entryPlace.owner) >> ownerShift]) this.#numberByEntry[entry] = unread;
    renewed.forEach((isRenewed, column) => {
      if (!isRenewed) return;
      this.#textsByColumn[column] = new TextNumbers();
      this.#sizes[column] = 0;
    });
  }

  /** To be called before the dictionary is cleared. */
  forgetEntries(): void {
    this.#isUtf8 = true;
    this.#checkedBytes = 0;
    this.#numberByEntry.fill(unread, 0, this.#memory.get(planPlace.entryCount));
  }
}

/** What stands in an entry: an escaped string with its quotes, JSON, or a text as it is. */
function textOf(written: string, kind: number): string {
  if (kind === entryKind.plain) return written;
  return kind === entryKind.escaped ? (JSON.parse(written) as string) : JSON.stringify(parseFaithfully(written));
}

function isFull(texts: TextNumbers): boolean {
  return texts.size >= textsMax || texts.byteLength >= textBytesMax;
}
