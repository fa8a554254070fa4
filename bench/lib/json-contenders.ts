import { Buffer } from "node:buffer";
import { open } from "node:fs/promises";
import { rawValueAt, type RawColumns } from "../../src/records/read/raw-columns.ts";
import { layoutOfLines } from "../../src/records/read/json/fixtures/layout-of-lines.ts";
import type { ProjectorPath } from "../../src/records/read/json/projector.ts";
import { readJson } from "../../src/records/read/json/read-json.ts";
import { pathTree } from "../../src/records/read/json/wanted-paths.ts";
import { allowRejects } from "../../src/records/read/rejects.ts";

/** Who reads a file: JSON.parse, Kindred in TypeScript, Kindred by its kernel. */
export type Contender = "parse" | ProjectorPath;

const chunkBytes = 1024 * 1024;

/** The lines of a file as texts, as cheaply as Node reads and decodes them: one buffer, one search and one decoding a line. */
async function* textLines(file: string): AsyncGenerator<string[]> {
  const handle = await open(file);
  const buffer = Buffer.alloc(chunkBytes + 1);
  try {
    for (let kept = 0; ; ) {
      const { bytesRead } = await handle.read(buffer, kept, chunkBytes - kept, null);
      if (bytesRead === 0) return;
      const end = kept + bytesRead;
      buffer[end] = 10;
      const lines: string[] = [];
      let start = 0;
      for (let at = buffer.indexOf(10, start); at < end; at = buffer.indexOf(10, start)) {
        lines.push(buffer.toString("utf8", start, at));
        start = at + 1;
      }
      yield lines;
      buffer.copyWithin(0, start, end);
      kept = end - start;
    }
  } finally {
    await handle.close();
  }
}

/** Parses every line; gives how many there were. */
export async function parseLines(file: string): Promise<number> {
  let rows = 0;
  for await (const lines of textLines(file)) {
    for (const line of lines) JSON.parse(line);
    rows += lines.length;
  }
  return rows;
}

/** Reads wanted columns; a bad row is an error. */
function project(file: string, columns: readonly string[], path: ProjectorPath): AsyncGenerator<RawColumns> {
  const tree = pathTree(columns);
  if (tree === undefined) throw new Error("too many ways to the wanted columns");
  return readJson(layoutOfLines(file, columns), allowRejects(0), { columns, tree }, { path });
}

/** Reads the wanted columns of every line; gives how many there were. */
export async function projectLines(file: string, columns: readonly string[], path: ProjectorPath): Promise<number> {
  let rows = 0;
  for await (const batch of project(file, columns, path)) rows += batch.rowCount;
  return rows;
}

/** What a comparison of columns with JSON.parse found. */
export interface Comparison {
  readonly rows: number;
  /** Bytes of wanted values as JSON writes them, of all bytes, 0 to 1. */
  readonly wantedShare: number;
  /** The first few. */
  readonly differences: readonly string[];
}

/** Compares every wanted value of every line, by both paths, with what JSON.parse gives. */
export async function compareColumns(file: string, columns: readonly string[]): Promise<Comparison> {
  const differences: string[] = [];
  const rowsOf = {
    plain: rowReader(project(file, columns, "plain")),
    kernel: rowReader(project(file, columns, "kernel")),
  };
  let [rows, bytes, wantedBytes] = [0, 0, 0];
  for await (const lines of textLines(file)) {
    for (const line of lines) {
      const element: unknown = JSON.parse(line);
      const expected: unknown[] = columns.map((column) => wantedValue(element, column.split(".")));
      bytes += Buffer.byteLength(line) + 1;
      wantedBytes += writtenBytes(expected);
      const text = JSON.stringify(expected.map(asText));
      for (const [path, next] of Object.entries(rowsOf)) {
        const found = JSON.stringify(await next(columns));
        if (found !== text && differences.length < 5)
          differences.push(`row ${rows + 1} by ${path}: ${found}, not ${text}`);
      }
      rows++;
    }
  }
  for (const [path, next] of Object.entries(rowsOf))
    if ((await next(columns)) !== undefined) differences.push(`more rows than lines by ${path}`);
  return { rows, wantedShare: wantedBytes / bytes, differences };
}

/** Gives row after row of batches, one value a column; undefined after the last. */
function rowReader(
  batches: AsyncGenerator<RawColumns>,
): (columns: readonly string[]) => Promise<unknown[] | undefined> {
  let batch: RawColumns | undefined;
  let row = 0;
  return async (columns) => {
    while (batch === undefined || row === batch.rowCount) {
      const next = await batches.next();
      if (next.done) return undefined;
      batch = next.value;
      row = 0;
    }
    const at = row++;
    const { columns: read } = batch;
    return columns.map((column) => {
      const found = read.get(column);
      return found === undefined ? null : rawValueAt(found, at);
    });
  };
}

/** What is wanted of a parsed film: a value, or of a list its items, of objects in it their names. */
function wantedValue(element: unknown, keys: readonly string[]): unknown {
  const value = keys.reduce<unknown>((within, key) => (within as Record<string, unknown> | undefined)?.[key], element);
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => (typeof item === "object" ? (item as { name: string }).name : item));
}

function writtenBytes(value: unknown): number {
  if (Array.isArray(value)) return value.map(writtenBytes).reduce((sum, bytes) => sum + bytes, 0);
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}

function asText(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? value.map(String) : String(value);
}
