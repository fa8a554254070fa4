import { addLine } from "./line-splitter.ts";
import type { RecordSpans, RecordSplitter } from "./record-spans.ts";

const quote = 34;

/** The bytes that separate: both are single bytes in every encoding that gets here. */
export interface CsvSigns {
  readonly delimiter: string;
  /** A carriage return alone ends lines in files of old systems. */
  readonly newline: "\n" | "\r";
}

/**
 * Records of delimited text (RFC 4180): line breaks within quotes belong to the record; a quote opens only at the start of
 * a field. A quote that is never closed makes its first line a record of its own, so that one bad row is one bad row.
 */
export function csvSplitter({ delimiter, newline }: CsvSigns): RecordSplitter {
  const delimiterByte = delimiter.charCodeAt(0);
  const newlineByte = newline.charCodeAt(0);
  let line = 1;
  // Where scanning goes on in the bytes that are kept, and whether it stands within quotes there.
  let resumeAt = 0;
  let inQuotes = false;

  const linesIn = (bytes: Buffer, start: number, end: number): number => {
    let count = 0;
    for (let at = bytes.indexOf(newlineByte, start); at >= 0 && at < end; at = bytes.indexOf(newlineByte, at + 1)) count++;
    return count;
  };

  const scan = (spans: RecordSpans, from: number, last: boolean): number => {
    const { bytes } = spans;
    let start = from;
    let at = from + resumeAt;
    let nextQuote = bytes.indexOf(quote, at);
    let nextLine = bytes.indexOf(newlineByte, at);
    let quoted = inQuotes;
    for (;;) {
      if (nextQuote >= 0 && nextQuote < at) nextQuote = bytes.indexOf(quote, at);
      if (inQuotes) {
        if (nextQuote < 0) return pause(bytes, start, bytes.length);
        if (nextQuote + 1 === bytes.length && !last) return pause(bytes, start, nextQuote);
        const doubled = bytes[nextQuote + 1] === quote;
        inQuotes = doubled;
        at = nextQuote + (doubled ? 2 : 1);
        continue;
      }
      if (nextLine >= 0 && nextLine < at) nextLine = bytes.indexOf(newlineByte, at);
      if (nextQuote >= 0 && (nextLine < 0 || nextQuote < nextLine)) {
        inQuotes = nextQuote === start || bytes[nextQuote - 1] === delimiterByte;
        quoted ||= inQuotes;
        at = nextQuote + 1;
        continue;
      }
      if (nextLine < 0) return pause(bytes, start, bytes.length);
      addLine(spans, start, nextLine, line);
      line += quoted ? linesIn(bytes, start, nextLine) + 1 : 1;
      quoted = false;
      start = at = nextLine + 1;
    }
  };

  const pause = (_bytes: Buffer, start: number, at: number): number => {
    resumeAt = at - start;
    return start;
  };

  return {
    split(spans, last) {
      const { bytes } = spans;
      let start = scan(spans, 0, last);
      while (last && start < bytes.length) {
        const end = inQuotes ? bytes.indexOf(newlineByte, start) : -1;
        addLine(spans, start, end < 0 ? bytes.length : end, line++);
        if (end < 0) return bytes.length;
        inQuotes = false;
        resumeAt = 0;
        start = scan(spans, end + 1, true);
      }
      return start;
    },
  };
}
