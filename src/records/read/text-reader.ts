import { KindredError } from "../../base/index.ts";
import { readBytes, readHead } from "./byte-stream.ts";
import { parseCsvRow } from "./csv-row.ts";
import { spanDecoder, toUtf8 } from "./decode.ts";
import { sniffNewline } from "./delimiter.ts";
import { byteOrderMark } from "./encoding.ts";
import { GrowingColumns, parseJsonRow } from "./json-row.ts";
import type { RawBatch, RawValue } from "./raw-batch.ts";
import { BadRow, type Rejects } from "./rejects.ts";
import type { SourceLayout } from "./source-layout.ts";
import { csvSplitter } from "./split/csv-splitter.ts";
import { jsonSplitter } from "./split/json-splitter.ts";
import { lineSplitter } from "./split/line-splitter.ts";
import { type RecordSpans, type RecordSplitter, splitRecords } from "./split/record-spans.ts";

/** What is needed to find records in text files; columns are not. */
export type TextLayout = Pick<SourceLayout, "format" | "encoding" | "delimiter" | "quoted">;

/** The records of a text file as spans of UTF-8 or windows-1252 bytes; `onBytes` sees the bytes as they are in the file. */
export async function* recordSpans(
  file: string,
  layout: TextLayout,
  onBytes: (bytes: Buffer) => void = () => {},
): AsyncGenerator<RecordSpans> {
  const head = await readHead(file);
  const mark = byteOrderMark(head);
  const encoding = mark?.encoding ?? layout.encoding;
  const splitter = splitterFor(file, layout, sniffNewline(head));
  yield* splitRecords(toUtf8(tapped(readBytes(file), onBytes), encoding, mark?.length ?? 0, file), splitter, file);
}

async function* tapped(chunks: AsyncIterable<Buffer>, onBytes: (bytes: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk);
    yield chunk;
  }
}

function splitterFor(file: string, layout: TextLayout, newline: "\n" | "\r"): RecordSplitter {
  if (layout.format === "json") return jsonSplitter(file);
  if (layout.format === "jsonl") return lineSplitter();
  return csvSplitter({ delimiter: layout.delimiter ?? ",", newline, quoted: layout.quoted });
}

/** Parses one record of the format; throws BadRow. */
export type RowParser = (text: string) => RawValue[];

/** The parser of records, which for delimited text holds each row to the header's number of columns. */
export function rowParser(layout: TextLayout, columns: GrowingColumns): RowParser {
  if (layout.format === "json" || layout.format === "jsonl") return (text) => parseJsonRow(text, columns);
  const delimiter = layout.delimiter ?? ",";
  const width = columns.names.length;
  return (text) => {
    const fields = parseCsvRow(text, delimiter, layout.quoted);
    if (fields.length !== width)
      throw new BadRow(`${fields.length} column${fields.length === 1 ? "" : "s"}`, `${width}, as in the header`);
    return fields;
  };
}

/** True for formats whose first record names the columns. */
export function hasHeader(format: SourceLayout["format"]): boolean {
  return format === "csv" || format === "tsv";
}

/** Reads the files of a text source, in order. */
export async function* readText(layout: SourceLayout, rejects: Rejects): AsyncGenerator<RawBatch> {
  const columns = new GrowingColumns(layout.columns);
  const decode = spanDecoder(layout.encoding ?? "utf-8");
  const parse = rowParser(layout, columns);
  let fileStart = 0;
  for (const file of layout.files) {
    let place = fileStart;
    let headerLeft = hasHeader(layout.format);
    for await (const spans of recordSpans(file, layout)) {
      const rows: RawValue[][] = [];
      const places: number[] = [];
      for (let i = 0; i < spans.starts.length; i++) {
        const text = decode(spans.bytes, spans.starts[i] as number, spans.ends[i] as number);
        if (headerLeft) {
          headerLeft = false;
          continue;
        }
        try {
          rows.push(parse(text));
          places.push(place);
        } catch (problem) {
          if (!(problem instanceof BadRow)) throw problem;
          rejects.take({ file, row: place - fileStart + 1, line: spans.lines[i] as number, text, problem });
        }
        place++;
      }
      yield { file, fileStart, columns: columns.names, rows, places };
    }
    fileStart = place;
  }
}

/**
 * The columns that a header names: empty names get their place, repeated ones a number, both said in `notes`.
 * @throws source-malformed when the header itself cannot be read
 */
export function headerColumns(text: string, layout: TextLayout, file: string, notes: string[]): string[] {
  const seen = new Map<string, number>();
  return parseHeader(text, layout, file).map((written, place) => {
    const name = written.trim() || `column ${place + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    if (written.trim() === "") notes.push(`column ${place + 1} has no name in the header; it is called "${name}"`);
    if (count > 1) notes.push(`the header names "${name}" more than once; the next is called "${name} (${count})"`);
    return count > 1 ? `${name} (${count})` : name;
  });
}

function parseHeader(text: string, layout: TextLayout, file: string): string[] {
  try {
    return parseCsvRow(text, layout.delimiter ?? ",", layout.quoted);
  } catch (problem) {
    throw new KindredError("source-malformed", {
      seen: `a header with ${(problem as BadRow).seen}`,
      expected: (problem as BadRow).expected,
      where: { file },
    });
  }
}
