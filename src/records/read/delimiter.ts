import type { SourceFormat } from "../source-spec.ts";
import { parseCsvRow } from "./csv-row.ts";
import { csvSplitter } from "./split/csv-splitter.ts";
import { spansOf } from "./split/record-spans.ts";

const candidates = [",", "\t", ";", "|"];
const sniffedRows = 100;

/** The sign that ends lines: a carriage return alone only where the head has no line feed. */
export function sniffNewline(head: Buffer): "\n" | "\r" {
  return head.includes(10) || !head.includes(13) ? "\n" : "\r";
}

/** The delimiter of a file: a tab where the name and the header say so, else as the rows suggest. */
export function delimiterOf(head: Buffer, format: SourceFormat, wholeFile: boolean): string {
  const header = head.toString("latin1", 0, head.indexOf(10) < 0 ? head.length : head.indexOf(10));
  return format === "tsv" && header.includes("\t") ? "\t" : sniffDelimiter(head, wholeFile);
}

const quotedField = /(?:^|[\t\n])("(?:[^"]|"")*")(?=\t|\r?\n|$)/g;

/**
 * Whether quotes enclose fields. Between tabs most writers leave them as letters (IMDb has titles such as `"A" Gai Waak`), so
 * there they count only when the head has fields that needed them: with a tab, a line break or a doubled quote inside.
 */
export function usesQuotes(head: Buffer, delimiter: string): boolean {
  if (delimiter !== "\t") return true;
  const text = head.toString("latin1");
  const fields = [...text.matchAll(quotedField)].map((found) => (found[1] as string).slice(1, -1));
  const opened = text.match(/(?:^|[\t\n])"/g)?.length ?? 0;
  return fields.length * 2 > opened && fields.some((field) => /[\t\n]|""/.test(field));
}

/**
 * The delimiter under which most of the head's rows have the header's number of columns, and among equals the one that
 * gives most columns; a comma when no candidate gives two.
 */
function sniffDelimiter(head: Buffer, wholeFile: boolean): string {
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of candidates) {
    const score = delimiterScore(head, delimiter, wholeFile);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function delimiterScore(head: Buffer, delimiter: string, wholeFile: boolean): number {
  const spans = spansOf(head, 0);
  csvSplitter({ delimiter, newline: sniffNewline(head), quoted: true }).split(spans, wholeFile);
  const starts = spans.starts.slice(0, sniffedRows);
  const counts = starts.map((start, i) => fieldCount(head, start, spans.ends[i] as number, delimiter));
  const width = counts[0] ?? 0;
  if (width < 2) return 0;
  const agreeing = counts.filter((count) => count === width).length / counts.length;
  return agreeing * 1000 + Math.min(width, 999) / 1000;
}

function fieldCount(head: Buffer, start: number, end: number, delimiter: string): number {
  try {
    return parseCsvRow(head.toString("utf8", start, end), delimiter).length;
  } catch {
    return 0;
  }
}
