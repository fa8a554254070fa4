import { KindredError } from "../../base/index.ts";
import type { SourceFormat } from "../source-spec.ts";
import { isCompressed } from "./byte-stream.ts";

const formatByExtension: Readonly<Record<string, SourceFormat>> = {
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  parquet: "parquet",
  pq: "parquet",
  arrow: "arrow",
  arrows: "arrow",
  feather: "arrow",
  ipc: "arrow",
};

/** Names of binary files by the bytes they begin with, for messages. */
const signatures: readonly (readonly [string, string])[] = [
  ["PAR1", "a Parquet file"],
  ["ARROW1", "an Arrow file"],
  ["PK\u0003\u0004", "a zip file (an Excel workbook is one too)"],
  ["\u001f\u008b", "a gzip file (its name should end in .gz)"],
  ["\u0028\u00b5\u002f\u00fd", "a Zstandard file (its name should end in .zst)"],
  ["\u0089PNG", "a PNG picture"],
  ["%PDF", "a PDF document"],
  ["SQLite format 3", "an SQLite database"],
  ["\u00d0\u00cf\u0011\u00e0", "an old Excel workbook"],
];

/** What a file's first bytes look like, or undefined when they are no known binary format. */
export function binaryLook(head: Buffer): string | undefined {
  const text = head.toString("latin1", 0, 16);
  return signatures.find(([signature]) => text.startsWith(signature))?.[1];
}

/**
 * The format of a file: as declared, else by its name, else by its first bytes. A file called .json that holds one object
 * a line is JSON Lines.
 */
export function formatOf(file: string, head: Buffer, declared: SourceFormat | undefined): SourceFormat {
  const format = declared ?? formatByName(file) ?? formatByContent(head);
  if (isCompressed(file) && (format === "parquet" || format === "arrow")) {
    throw new KindredError("source-malformed", {
      seen: `a compressed ${format} file`,
      expected: `${format} as it is; it is compressed inside already`,
      where: { file },
    });
  }
  if (format === "json" && declared === undefined && looksLikeLines(head)) return "jsonl";
  return format;
}

function formatByName(file: string): SourceFormat | undefined {
  const extension = /\.([A-Za-z0-9]+)$/.exec(file.replace(/\.(gz|zst)$/i, ""))?.[1];
  return extension === undefined ? undefined : formatByExtension[extension.toLowerCase()];
}

function formatByContent(head: Buffer): SourceFormat {
  const start = head
    .toString("latin1", 0, 256)
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  if (start.startsWith("PAR1")) return "parquet";
  if (start.startsWith("ARROW1")) return "arrow";
  return start.startsWith("{") || start.startsWith("[") ? "json" : "csv";
}

/** True when the first line is a whole JSON object and another line follows. */
function looksLikeLines(head: Buffer): boolean {
  const text = head
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart();
  const end = text.indexOf("\n");
  if (!text.startsWith("{") || end < 0 || text.slice(end).trim() === "") return false;
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}
