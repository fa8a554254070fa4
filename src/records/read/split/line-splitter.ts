import type { RecordSpans, RecordSplitter } from "./record-spans.ts";

const lineFeed = 10;
const carriageReturn = 13;

/** One record a line (JSON Lines); empty lines are none. */
export function lineSplitter(): RecordSplitter {
  let line = 1;
  return {
    split(spans, last) {
      const { bytes } = spans;
      let start = 0;
      for (;;) {
        const end = bytes.indexOf(lineFeed, start);
        if (end < 0) break;
        addLine(spans, start, end, line++);
        start = end + 1;
      }
      if (!last) return start;
      addLine(spans, start, bytes.length, line);
      return bytes.length;
    },
  };
}

/** Adds a line without its carriage return, unless nothing is left. */
export function addLine(spans: RecordSpans, start: number, end: number, line: number): void {
  const trimmed = end > start && spans.bytes[end - 1] === carriageReturn ? end - 1 : end;
  if (trimmed === start) return;
  spans.starts.push(start);
  spans.ends.push(trimmed);
  spans.lines.push(line);
}
