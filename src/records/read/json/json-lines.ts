import { Buffer } from "node:buffer";
import { type ByteSource, isCompressed, openBytes, readHead } from "../byte-stream.ts";
import { byteOrderMark } from "../encoding.ts";
import type { RawColumns } from "../raw-columns.ts";
import type { SourceLayout } from "../source-layout.ts";
import { addLine } from "../split/line-splitter.ts";
import { checkRecordLength, spansOf } from "../split/record-spans.ts";
import type { JsonReading } from "./json-reading.ts";

const lineFeed = 10;

/** Whether a file's lines can be read to where they are projected, without a copy: JSON Lines as they are, in UTF-8. */
export async function isReadInPlace(file: string, layout: SourceLayout): Promise<boolean> {
  if (layout.format !== "jsonl" || isCompressed(file)) return false;
  const encoding = byteOrderMark(await readHead(file, 4))?.encoding ?? layout.encoding;
  return encoding === null || encoding === "utf-8";
}

/** Reads the lines of such a file. */
export async function* readLines(file: string, reading: JsonReading): AsyncGenerator<RawColumns> {
  const source = await openBytes(file);
  try {
    yield* new LineInput(source, reading, file).read();
  } finally {
    await source.close();
  }
}

/** Lines in the memory of a projection: `[start, end)` of the input was read and not yet taken. */
class LineInput {
  readonly #source: ByteSource;
  readonly #reading: JsonReading;
  readonly #file: string;
  /** The whole memory, so that places in it are those of the projection. */
  readonly #buffer: Buffer;
  readonly #begin: number;
  /** Where there is no more room. */
  readonly #limit: number;
  #start: number;
  #end: number;
  #line = 1;

  constructor(source: ByteSource, reading: JsonReading, file: string) {
    this.#source = source;
    this.#reading = reading;
    this.#file = file;
    this.#buffer = Buffer.from(reading.memory.memory.buffer);
    this.#begin = reading.memory.input;
    this.#limit = this.#begin + reading.memory.inputBytes;
    this.#start = this.#begin;
    this.#end = this.#begin;
  }

  async *read(): AsyncGenerator<RawColumns> {
    let goesOn = await this.#fill();
    this.#start += byteOrderMark(this.#buffer.subarray(this.#begin, this.#end))?.length ?? 0;
    while (goesOn) {
      yield* this.#takeLines();
      if (this.#start === this.#begin && this.#end === this.#limit) yield* this.#takeLongLine();
      goesOn = await this.#fill();
    }
    if (this.#start < this.#end) yield* this.#takeLines();
    if (this.#start < this.#end) yield* this.#takeLast();
  }

  /** Moves what is left to the front and reads on behind it; false at the end of the file. */
  async #fill(): Promise<boolean> {
    this.#buffer.copyWithin(this.#begin, this.#start, this.#end);
    this.#end = this.#begin + this.#end - this.#start;
    this.#start = this.#begin;
    const read = await this.#source.readInto(this.#buffer.subarray(this.#end, this.#limit));
    this.#end += read;
    // So that a search for the end of a line ends here.
    this.#buffer[this.#end] = lineFeed;
    return read > 0;
  }

  *#takeLines(): Generator<RawColumns> {
    const spans = spansOf(this.#buffer, 0);
    for (let at = this.#lineEnd(); at < this.#end; at = this.#lineEnd()) {
      addLine(spans, this.#start, at, this.#line++);
      this.#start = at + 1;
    }
    yield* this.#reading.takeInPlace(spans);
  }

  #lineEnd(): number {
    return this.#buffer.indexOf(lineFeed, this.#start);
  }

  /** The last line, without an end of its own. */
  *#takeLast(): Generator<RawColumns> {
    const spans = spansOf(this.#buffer, 0);
    addLine(spans, this.#start, this.#end, this.#line);
    this.#start = this.#end;
    yield* this.#reading.takeInPlace(spans);
  }

  /** A line that does not fit the input is put together elsewhere. */
  async *#takeLongLine(): AsyncGenerator<RawColumns> {
    const pieces: Buffer[] = [];
    let length = 0;
    let end = this.#end;
    for (let goesOn = true; goesOn && end === this.#end; ) {
      pieces.push(Buffer.from(this.#buffer.subarray(this.#start, this.#end)));
      length += this.#end - this.#start;
      checkRecordLength(length, this.#file);
      this.#start = this.#end;
      goesOn = await this.#fill();
      end = this.#lineEnd();
    }
    pieces.push(this.#buffer.subarray(this.#start, end));
    const bytes = Buffer.concat(pieces);
    const spans = spansOf(bytes, 0);
    addLine(spans, 0, bytes.length, this.#line++);
    this.#start = Math.min(end + 1, this.#end);
    yield* this.#reading.takeAside(spans);
  }
}
