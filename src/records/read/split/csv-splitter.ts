import { addLine } from "./line-splitter.ts";
import type { RecordSpans, RecordSplitter } from "./record-spans.ts";

const quote = 34;

/** The signs that separate: each is a single byte in every encoding that gets here. */
export interface CsvSigns {
  readonly delimiter: string;
  /** A carriage return alone ends lines in files of old systems. */
  readonly newline: "\n" | "\r";
  /** Whether quotes enclose fields; else each line is a record. */
  readonly quoted: boolean;
}

/**
 * Records of delimited text (RFC 4180): line breaks within quotes belong to the record; a quote opens only at the start of
 * a field. A quote that is never closed makes its first line a record of its own, so that one bad row is one bad row.
 */
export function csvSplitter(signs: CsvSigns): RecordSplitter {
  return new CsvSplitter(signs);
}

class CsvSplitter implements RecordSplitter {
  readonly #delimiter: number;
  readonly #newline: number;
  readonly #quotes: boolean;
  #line = 1;
  /** How far the unfinished record was scanned, and what that found: the next piece goes on from there. */
  #scanned = 0;
  #inQuotes = false;
  #quoted = false;

  constructor({ delimiter, newline, quoted }: CsvSigns) {
    this.#quotes = quoted;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#newline = newline.charCodeAt(0);
  }

  split(spans: RecordSpans, last: boolean): number {
    const { bytes } = spans;
    let start = this.#scan(spans, 0, last);
    while (last && start < bytes.length) {
      const end = this.#inQuotes ? bytes.indexOf(this.#newline, start) : -1;
      addLine(spans, start, end < 0 ? bytes.length : end, this.#line++);
      if (end < 0) return bytes.length;
      this.#inQuotes = false;
      this.#quoted = false;
      this.#scanned = 0;
      start = this.#scan(spans, end + 1, true);
    }
    return start;
  }

  /** Adds the whole records from `start` on; returns where the unfinished one begins. */
  #scan(spans: RecordSpans, from: number, last: boolean): number {
    const { bytes } = spans;
    let start = from;
    let at = from + this.#scanned;
    let nextQuote = this.#quotes ? bytes.indexOf(quote, at) : -1;
    let nextLine = bytes.indexOf(this.#newline, at);
    for (;;) {
      if (nextQuote >= 0 && nextQuote < at) nextQuote = bytes.indexOf(quote, at);
      if (this.#inQuotes) {
        // The byte after a quote says whether it closes, so a quote at the very end waits for more.
        if (nextQuote < 0 || (nextQuote + 1 === bytes.length && !last)) {
          return this.#pause(start, nextQuote < 0 ? bytes.length : nextQuote);
        }
        this.#inQuotes = bytes[nextQuote + 1] === quote;
        at = nextQuote + (this.#inQuotes ? 2 : 1);
        continue;
      }
      if (nextLine >= 0 && nextLine < at) nextLine = bytes.indexOf(this.#newline, at);
      if (nextQuote >= 0 && (nextLine < 0 || nextQuote < nextLine)) {
        this.#inQuotes = nextQuote === start || bytes[nextQuote - 1] === this.#delimiter;
        this.#quoted ||= this.#inQuotes;
        at = nextQuote + 1;
        continue;
      }
      if (nextLine < 0) return this.#pause(start, bytes.length);
      addLine(spans, start, nextLine, this.#line);
      this.#line += this.#quoted ? 1 + this.#linesIn(bytes, start, nextLine) : 1;
      this.#quoted = false;
      start = at = nextLine + 1;
    }
  }

  #pause(start: number, at: number): number {
    this.#scanned = at - start;
    return start;
  }

  #linesIn(bytes: Buffer, start: number, end: number): number {
    let count = 0;
    for (let at = bytes.indexOf(this.#newline, start); at >= 0 && at < end; at = bytes.indexOf(this.#newline, at + 1))
      count++;
    return count;
  }
}
