import { KindredError, type Random } from "../../base/index.ts";
import type { SourceSpec } from "../source-spec.ts";
import { readHead } from "./byte-stream.ts";
import { spanDecoder } from "./decode.ts";
import { delimiterOf, usesQuotes } from "./delimiter.ts";
import { byteOrderMark, type EncodingSurvey, encodingNamed, surveyEncoding } from "./encoding.ts";
import { binaryLook, formatOf } from "./format.ts";
import { GrowingColumns } from "./json-row.ts";
import type { RawValue } from "./raw-batch.ts";
import { BadRow } from "./rejects.ts";
import { Reservoir } from "./reservoir.ts";
import type { SourceEncoding } from "./source-layout.ts";
import { empty, otherColumns, type SourceSurvey } from "./source-survey.ts";
import { hasHeader, headerColumns, recordSpans, rowParser, type TextLayout } from "./text-reader.ts";

/**
 * Surveys a text source in one pass that decodes only the sampled rows.
 * @throws source-empty, source-encoding, source-malformed with the place
 */
export async function surveyText(
  spec: SourceSpec,
  files: readonly string[],
  sampleRows: number,
  random: Random,
): Promise<SourceSurvey> {
  const reservoir = new Reservoir<Buffer>(sampleRows, random);
  const notes: string[] = [];
  const headers: Buffer[] = [];
  const encodings = new Set<SourceEncoding>();
  const layout = await textLayout(spec, files[0] as string);
  for (const file of files) {
    const encoding = await surveyFile(file, spec, layout, reservoir, headers);
    if (encoding !== "ascii") encodings.add(encoding);
  }
  const encoding = oneEncoding(encodings, spec, files);
  if (encoding === "windows-1252" && spec.encoding === undefined) {
    notes.push("the bytes are not UTF-8; they are read as Latin-1 (windows-1252)");
  }
  if (reservoir.count === 0) throw empty(spec, headers.length > 0 ? "a header and no rows" : "no rows");
  const decode = spanDecoder(encoding);
  const columns =
    headers.length > 0
      ? sharedHeader(
          headers.map((bytes) => decode(bytes, 0, bytes.length)),
          layout,
          files,
          notes,
        )
      : [];
  const sampled = parseSample(reservoir.items(), { ...layout, encoding }, columns);
  return {
    layout: { ...layout, files, encoding, columns: sampled.columns },
    rowCount: reservoir.count,
    rows: sampled.rows,
    notes,
  };
}

async function textLayout(spec: SourceSpec, file: string): Promise<TextLayout> {
  const raw = await readHead(file);
  const declared = spec.encoding === undefined ? null : encodingNamed(spec.encoding);
  const mark = byteOrderMark(raw);
  const encoding = mark?.encoding ?? declared;
  const wide = encoding === "utf-16le" || encoding === "utf-16be";
  const bytes = raw.subarray(mark?.length ?? 0);
  const head = wide ? Buffer.from(new TextDecoder(encoding).decode(bytes)) : bytes;
  if (head.every((byte) => byte <= 32)) throw empty(spec, "an empty file");
  const format = formatOf(file, head, spec.format);
  const delimiter = hasHeader(format) ? (spec.delimiter ?? delimiterOf(head, format, raw.length < 64 * 1024)) : null;
  return { format, delimiter, encoding: declared, quoted: delimiter !== null && usesQuotes(head, delimiter) };
}

/** One pass over a file: counts and samples its records, and says its encoding. */
async function surveyFile(
  file: string,
  spec: SourceSpec,
  layout: TextLayout,
  reservoir: Reservoir<Buffer>,
  headers: Buffer[],
): Promise<SourceEncoding | "ascii"> {
  const head = await readHead(file, 4096);
  const declared = byteOrderMark(head)?.encoding ?? layout.encoding;
  const wide = declared === "utf-16le" || declared === "utf-16be";
  if (!wide) refuseBinary(file, head);
  const survey = surveyEncoding();
  let headerLeft = hasHeader(layout.format);
  for await (const spans of recordSpans(file, layout, (bytes) => survey.push(bytes))) {
    for (let i = 0; i < spans.starts.length; i++) {
      const copy = (): Buffer => Buffer.from(spans.bytes.subarray(spans.starts[i], spans.ends[i]));
      if (headerLeft) headers.push(copy());
      else reservoir.offer(copy);
      headerLeft = false;
    }
  }
  if (wide) return declared;
  return judgeEncoding(file, spec, layout, declared, survey.finish());
}

function refuseBinary(file: string, head: Buffer): void {
  const look = binaryLook(head);
  if (look === undefined && !head.includes(0)) return;
  const zeros = head.filter((byte) => byte === 0).length;
  const guess = look ?? (zeros > head.length / 4 ? "UTF-16 without a byte order mark" : "binary data");
  throw new KindredError("source-encoding", {
    seen: `bytes that are no text; it looks like ${guess}`,
    expected: "text in UTF-8, UTF-16 or Latin-1",
    hint: guess.startsWith("UTF-16")
      ? "Declare the encoding utf-16le or utf-16be in the source's configuration"
      : "Check the file and its name",
    where: { file },
  });
}

/**
 * A file is UTF-8 when all its bytes are; Latin-1 when hardly anything in it is (1 in 100 may look so by chance); what is
 * both is damaged, and an error.
 */
async function judgeEncoding(
  file: string,
  spec: SourceSpec,
  layout: TextLayout,
  declared: SourceEncoding | null,
  survey: EncodingSurvey,
): Promise<SourceEncoding | "ascii"> {
  if (survey.firstZero >= 0)
    throw await encodingError(file, layout, survey.firstZero, "a zero byte", "text without zero bytes", spec);
  if (declared === "windows-1252") return declared;
  if (survey.invalidCount === 0) return declared ?? (survey.validCount === 0 ? "ascii" : "utf-8");
  if (declared === null && survey.validCount * 100 <= survey.invalidCount) return "windows-1252";
  const mixed =
    declared === null
      ? `a mix: ${survey.validCount} of its characters are UTF-8, ${survey.invalidCount} of its bytes are not`
      : "a byte that is not UTF-8";
  throw await encodingError(file, layout, survey.firstInvalid, mixed, "one encoding in the whole file", spec);
}

async function encodingError(
  file: string,
  layout: TextLayout,
  offset: number,
  seen: string,
  expected: string,
  spec: SourceSpec,
): Promise<KindredError> {
  const row = await rowAtOffset(file, layout, offset);
  return new KindredError("source-encoding", {
    seen: `${seen}; the first is at byte ${offset}`,
    expected,
    hint:
      spec.encoding === undefined
        ? "Mend the file, or declare its encoding in the source's configuration"
        : `The source declares ${spec.encoding}`,
    where: row > 0 ? { file, row } : { file },
  });
}

/** The number of the record that holds a byte; 0 for the header. */
async function rowAtOffset(file: string, layout: TextLayout, offset: number): Promise<number> {
  let row = hasHeader(layout.format) ? -1 : 0;
  const markLength = byteOrderMark(await readHead(file, 3))?.length ?? 0;
  for await (const spans of recordSpans(file, layout)) {
    for (const end of spans.ends) {
      row++;
      if (markLength + spans.offset + end > offset) return row;
    }
  }
  return Math.max(row, 0);
}

function oneEncoding(
  encodings: ReadonlySet<SourceEncoding>,
  spec: SourceSpec,
  files: readonly string[],
): SourceEncoding {
  if (encodings.size < 2) return [...encodings][0] ?? "utf-8";
  throw new KindredError("source-encoding", {
    seen: `files in ${[...encodings].join(" and ")}`,
    expected: "one encoding for all files of a source",
    hint: "Name them as sources of their own",
    where: { file: files.length > 1 ? spec.path : (files[0] as string) },
  });
}

function sharedHeader(
  headers: readonly string[],
  layout: TextLayout,
  files: readonly string[],
  notes: string[],
): string[] {
  const first = headerColumns(headers[0] as string, layout, files[0] as string, notes);
  headers.slice(1).forEach((header, i) => {
    const file = files[i + 1] as string;
    const columns = headerColumns(header, layout, file, []);
    if (columns.join("\u0000") === first.join("\u0000")) return;
    throw otherColumns(file, columns.join(", "), files[0] as string, first.join(", "));
  });
  return first;
}

function parseSample(
  sampled: readonly Buffer[],
  layout: TextLayout,
  header: readonly string[],
): { columns: string[]; rows: RawValue[][] } {
  const columns = new GrowingColumns(header);
  const parse = rowParser(layout, columns);
  const decode = spanDecoder(layout.encoding ?? "utf-8");
  const rows: RawValue[][] = [];
  for (const bytes of sampled) {
    try {
      rows.push(parse(decode(bytes, 0, bytes.length)));
    } catch (problem) {
      if (!(problem instanceof BadRow)) throw problem;
    }
  }
  return { columns: columns.names, rows };
}
