import { open } from "node:fs/promises";
import type { AsyncBuffer, ColumnMetaData, FileMetaData, SchemaElement } from "hyparquet";
import { ColumnKernel, decodeUtf8, TextNumbers } from "../../columns/index.ts";
import { type ColumnChunk, integersByKernel, sampledTextsByKernel, textsByKernel } from "./parquet-kernel-columns.ts";
import { type Leaf, type LeafDepth, listsOf, readIntegers, readTexts, spread } from "./parquet-leaf.ts";
import type { Expand } from "./parquet-pages.ts";
import { type PickRows, readSampledTexts } from "./parquet-sample.ts";
import type { RawValue } from "./raw-batch.ts";
import { noText, type RawColumn } from "./raw-columns.ts";
import { plainInteger, plainSingle, unreadable } from "./row-block.ts";

/** Bytes that the wanted columns of one row group may take: those of a million usual rows, which writers put into one group. */
const groupBytesMax = 128 * 1024 * 1024;

/** The columns of one row group. */
export interface ParquetGroup {
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, RawColumn>;
}

/**
 * Opens a Parquet file for reading by columns, which takes a tenth of the time that making rows of it does. Undefined
 * for what only DuckDB reads to the letter or in bounded memory: decimals, dates, times, structs, huge row groups.
 * Equal texts come under one number. For a sample, `pick` is asked before each row group: only the rows it picks are made.
 * Without a kernel the same is read by TypeScript alone.
 * @throws source-malformed for what is no whole Parquet file
 */
export async function openParquetColumns(
  file: string,
  isWanted: (column: string) => boolean,
  pick?: PickRows,
  openKernel = ColumnKernel.open,
): Promise<AsyncGenerator<ParquetGroup> | undefined> {
  const { parquetMetadataAsync } = await import("hyparquet");
  const buffer = await fileBuffer(file);
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const kinds = columnKinds(metadata);
    if (kinds === undefined) return undefined;
    const wanted = new Map([...kinds].filter(([name]) => isWanted(name)));
    return largestGroup(metadata, wanted) > groupBytesMax
      ? undefined
      : groupsOf(file, metadata, wanted, pick, openKernel());
  } catch (error) {
    throw unreadable(file, "Parquet", error);
  } finally {
    await buffer.close();
  }
}

async function fileBuffer(file: string): Promise<AsyncBuffer & { close(): Promise<void> }> {
  const handle = await open(file);
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const from = start < 0 ? Math.max(0, size + start) : start;
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - from));
      await handle.read(bytes, 0, bytes.length, from);
      return bytes.buffer;
    },
    close: () => handle.close(),
  };
}

/** What a column's values become; those of lists apply to their items. */
type LeafKind = "text" | "integer" | "single" | "plain";

interface ColumnKind {
  readonly leaf: LeafKind;
  readonly list: boolean;
  readonly unsigned: boolean;
  readonly depth: LeafDepth;
}

/** The kinds of all top-level columns, in the order of the file; undefined when any is not read here. */
function columnKinds({ schema }: FileMetaData): ReadonlyMap<string, ColumnKind> | undefined {
  const kinds = new Map<string, ColumnKind>();
  for (let at = 1; at < schema.length; ) {
    const element = schema[at] as SchemaElement;
    const list = element.num_children === 1 && element.converted_type === "LIST";
    const leaf = leafKind(list ? schema[at + 2] : element);
    if (leaf === undefined || (list && (leaf !== "text" || !isPlainList(schema[at + 1])))) return undefined;
    const steps = schema.slice(at, at + (list ? 3 : 1));
    const unsigned = element.converted_type?.startsWith("UINT") ?? false;
    kinds.set(element.name, { leaf, list, unsigned, depth: depthOf(steps) });
    at += steps.length;
  }
  return kinds;
}

function depthOf(steps: readonly SchemaElement[]): LeafDepth {
  return {
    definitionMax: steps.filter((step) => step.repetition_type !== "REQUIRED").length,
    repetitionMax: steps.filter((step) => step.repetition_type === "REPEATED").length,
  };
}

function isPlainList(middle: SchemaElement | undefined): boolean {
  return middle?.repetition_type === "REPEATED" && middle.num_children === 1;
}

const plainIntegers: ReadonlySet<string | undefined> = new Set([
  undefined,
  ...["INT_8", "INT_16", "INT_32", "INT_64", "UINT_8", "UINT_16", "UINT_32", "UINT_64"],
]);

function leafKind(element: SchemaElement | undefined): LeafKind | undefined {
  if (element === undefined || (element.num_children ?? 0) > 0 || element.repetition_type === "REPEATED")
    return undefined;
  const { type, converted_type: converted, logical_type: logical } = element;
  if (type === "BYTE_ARRAY") return converted === "UTF8" || logical?.type === "STRING" ? "text" : undefined;
  if (type === "BOOLEAN" || type === "DOUBLE") return "plain";
  if (type === "FLOAT") return "single";
  const isInteger = type === "INT32" || type === "INT64";
  const isPlain = plainIntegers.has(converted) && (logical === undefined || logical.type === "INTEGER");
  return isInteger && isPlain ? "integer" : undefined;
}

function largestGroup({ row_groups }: FileMetaData, wanted: ReadonlyMap<string, unknown>): number {
  const bytes = row_groups.map(({ columns }) =>
    columns.reduce((sum, { meta_data: column }) => {
      const isRead = column !== undefined && wanted.has(column.path_in_schema[0] as string);
      return isRead ? sum + Number(column.total_uncompressed_size) : sum;
    }, 0),
  );
  return Math.max(0, ...bytes);
}

async function* groupsOf(
  file: string,
  metadata: FileMetaData,
  kinds: ReadonlyMap<string, ColumnKind>,
  pick: PickRows | undefined,
  kernel: ColumnKernel | undefined,
): AsyncGenerator<ParquetGroup> {
  const { compressors } = await import("hyparquet-compressors");
  const buffer = await fileBuffer(file);
  const textsByColumn = new Map<string, TextNumbers>();
  try {
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowCount = Number(group.num_rows);
      const picked = pick?.(rowCount);
      const columns = new Map<string, RawColumn>();
      for (const [name, kind] of kinds) {
        const column = group.columns.find((one) => one.meta_data?.path_in_schema[0] === name)?.meta_data;
        const chunk =
          column !== undefined && isReadHere(column, kind)
            ? await chunkOf(buffer, column, kind, rowCount, compressors[column.codec])
            : undefined;
        const known = textsByColumn.get(name);
        const read =
          (chunk && readChunk(kernel, chunk, kind, known === undefined || isFull(known) ? undefined : known, picked)) ??
          (await readByLibrary(buffer, metadata, name, kind, { rowStart, rowCount }, new TextNumbers()));
        if ("texts" in read && picked === undefined) textsByColumn.set(name, read.texts);
        columns.set(name, read);
      }
      yield { rowCount, columns };
      rowStart += rowCount;
    }
  } catch (error) {
    throw unreadable(file, "Parquet", error);
  } finally {
    await buffer.close();
  }
}

/** Beyond these, the texts of a column are forgotten and numbered anew, so that memory does not grow with the source. */
const textsMax = 1_000_000;
const textBytesMax = 32 * 1024 * 1024;

/** With room for what a usual column of texts holds, of which each comes four times. */
function newTexts(chunk: ColumnMetaData): TextNumbers {
  const [texts, bytes] = [Number(chunk.num_values) / 4, Number(chunk.total_uncompressed_size) / 4];
  return new TextNumbers(Math.min(Math.ceil(texts), textsMax), Math.min(Math.ceil(bytes), textBytesMax));
}

function isFull(texts: TextNumbers): boolean {
  return texts.size >= textsMax || texts.byteLength >= textBytesMax;
}

/** The usual encodings, those of nearly every file; the library reads the others, through a value at a time. */
const usualEncodings: ReadonlySet<string> = new Set(["PLAIN", "RLE", "PLAIN_DICTIONARY", "RLE_DICTIONARY"]);

function isReadHere({ encodings }: ColumnMetaData, { leaf }: ColumnKind): boolean {
  return (leaf === "text" || leaf === "integer") && encodings.every((encoding) => usualEncodings.has(encoding));
}

async function chunkOf(
  file: AsyncBuffer,
  column: ColumnMetaData,
  { depth }: ColumnKind,
  rowCount: number,
  expand: Expand | undefined,
): Promise<ColumnChunk> {
  const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  return { bytes: new Uint8Array(await file.slice(start, end)), column, depth, expand, rowCount };
}

/**
 * By the kernel where it is built, and by the same in TypeScript what is odd to it. Undefined for a column of whole numbers that
 * do not all fit into a number, and for texts that are not all UTF-8.
 */
function readChunk(
  kernel: ColumnKernel | undefined,
  chunk: ColumnChunk,
  { leaf, unsigned, list }: ColumnKind,
  known: TextNumbers | undefined,
  picked: Int32Array | undefined,
): RawColumn | undefined {
  const { bytes, column, depth, expand, rowCount } = chunk;
  if (leaf === "integer") {
    const read = kernel && integersByKernel(kernel, chunk, unsigned);
    return read ?? integersOf(readIntegers(bytes, column, depth, expand, unsigned), depth);
  }
  if (picked !== undefined) {
    const read = kernel && sampledTextsByKernel(kernel, chunk, picked);
    if (read !== undefined) return read;
    const texts = new TextNumbers();
    const sampled = readSampledTexts(bytes, column, depth, expand, texts, { count: rowCount, picked });
    return texts.isUtf8() ? sampled : undefined;
  }
  const read = kernel && textsByKernel(kernel, chunk, known);
  if (read !== undefined) return read;
  const texts = known ?? newTexts(column);
  const numbered = readTexts(bytes, column, depth, expand, (page, from, to) => texts.numberOf(page, from, to));
  if (!texts.isUtf8()) return undefined;
  if (list) return { kind: "lists", texts, ...listsOf(numbered, depth.definitionMax, rowCount) };
  return { kind: "texts", texts, numbers: spread(numbered, depth.definitionMax, noText) };
}

function integersOf(leaf: Leaf<Float64Array>, { definitionMax }: LeafDepth): RawColumn | undefined {
  if (leaf.values.some(Number.isNaN)) return undefined;
  return { kind: "integers", values: spread(leaf, definitionMax, Number.NaN) };
}

/** A column as the library reads it, a value at a time. */
async function readByLibrary(
  file: AsyncBuffer,
  metadata: FileMetaData,
  name: string,
  kind: ColumnKind,
  rows: { readonly rowStart: number; readonly rowCount: number },
  texts: TextNumbers,
): Promise<RawColumn> {
  const { parquetRead } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
  const values: unknown[] = new Array(rows.rowCount).fill(undefined);
  await parquetRead({
    file,
    metadata,
    columns: [name],
    rowStart: rows.rowStart,
    rowEnd: rows.rowStart + rows.rowCount,
    compressors,
    parsers: { stringFromBytes: (bytes) => bytes && texts.numberOfText(decodeUtf8(bytes, 0, bytes.length)) },
    onChunk: ({ columnData, rowStart }) => {
      for (let i = 0; i < columnData.length; i++) values[rowStart - rows.rowStart + i] = columnData[i];
    },
  });
  return columnOf(kind, values, texts);
}

function columnOf({ leaf, list }: ColumnKind, values: readonly unknown[], texts: TextNumbers): RawColumn {
  if (leaf !== "text") {
    const read = valueReaders[leaf];
    const plain = values.map((value) => (value === undefined || value === null ? null : read(value)));
    return { kind: "values", values: plain };
  }
  if (list) return listsOfValues(values as (readonly (number | null | undefined)[] | null | undefined)[], texts);
  const numbers = new Int32Array(values.length);
  for (let row = 0; row < numbers.length; row++) numbers[row] = (values[row] as number | null | undefined) ?? noText;
  return { kind: "texts", texts, numbers };
}

const valueReaders: Readonly<Record<Exclude<LeafKind, "text">, (value: unknown) => RawValue>> = {
  plain: (value) => value as number | boolean,
  integer: (value) => (typeof value === "bigint" ? plainInteger(value) : (value as number)),
  single: (value) => plainSingle(value as number),
};

function listsOfValues(
  values: readonly (readonly (number | null | undefined)[] | null | undefined)[],
  texts: TextNumbers,
): RawColumn {
  const offsets = new Int32Array(values.length + 1);
  const numbers = new Int32Array(values.reduce((sum, list) => sum + (list?.length ?? 0), 0));
  let to = 0;
  for (let row = 0; row < values.length; row++) {
    const list = values[row];
    if (list) for (const number of list) if (number !== null && number !== undefined) numbers[to++] = number;
    offsets[row + 1] = to;
  }
  return { kind: "lists", texts, offsets, numbers: numbers.subarray(0, to) };
}
