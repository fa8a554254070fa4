import { open } from "node:fs/promises";
import type { AsyncBuffer, FileMetaData, SchemaElement } from "hyparquet";
import { plainInteger, plainSingle, type RowBlock, unreadable } from "./row-block.ts";

/** Bytes that the columns of one row group may take when they are read at once. */
const groupBytesMax = 64 * 1024 * 1024;
const blockRows = 2048;

/** A Parquet file whose columns can be read one by one, each whole at a time. */
export interface ParquetColumns {
  blocks(): AsyncGenerator<RowBlock>;
}

/**
 * Opens a Parquet file for reading by columns, which takes a seventh of the time that making rows of it does. Undefined
 * for what only DuckDB reads to the letter or in bounded memory: decimals, dates, times, structs, huge row groups.
 * @throws source-malformed for what is no whole Parquet file
 */
export async function openParquetColumns(
  file: string,
  isWanted: (column: string) => boolean,
): Promise<ParquetColumns | undefined> {
  const { parquetMetadataAsync } = await import("hyparquet");
  const buffer = await fileBuffer(file);
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const readers = columnReaders(metadata);
    const names = [...(readers?.keys() ?? [])].filter(isWanted);
    if (readers === undefined || largestGroup(metadata, new Set(names)) > groupBytesMax) return undefined;
    return { blocks: () => blocksOf(file, metadata, names, readers) };
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

/** Makes a value as JSON would hold it. */
type ValueReader = (value: unknown) => unknown;

/** The readers of all top-level columns, in the order of the file; undefined when any is of a kind that is not read here. */
function columnReaders({ schema }: FileMetaData): ReadonlyMap<string, ValueReader> | undefined {
  const readers = new Map<string, ValueReader>();
  for (let at = 1; at < schema.length; ) {
    const element = schema[at] as SchemaElement;
    const isList = element.num_children === 1 && element.converted_type === "LIST";
    const leaf = isList ? (schema[at + 2] as SchemaElement) : element;
    const read = leaf === undefined ? undefined : leafReader(leaf);
    if (read === undefined || (isList && !isPlainList(schema, at))) return undefined;
    readers.set(element.name, isList ? listReader(read) : read);
    at += isList ? 3 : 1;
  }
  return readers;
}

function isPlainList(schema: readonly SchemaElement[], at: number): boolean {
  const middle = schema[at + 1] as SchemaElement;
  return middle.repetition_type === "REPEATED" && middle.num_children === 1;
}

const plainIntegers: ReadonlySet<string | undefined> = new Set([
  undefined,
  ...["INT_8", "INT_16", "INT_32", "INT_64", "UINT_8", "UINT_16", "UINT_32", "UINT_64"],
]);

function leafReader({
  type,
  converted_type: converted,
  logical_type: logical,
  repetition_type,
  num_children,
}: SchemaElement): ValueReader | undefined {
  if (num_children !== undefined && num_children > 0) return undefined;
  if (repetition_type === "REPEATED") return undefined;
  const isInteger = logical === undefined || logical.type === "INTEGER";
  switch (type) {
    case "BYTE_ARRAY":
      return converted === "UTF8" || logical?.type === "STRING" ? (value) => value ?? null : undefined;
    case "BOOLEAN":
      return (value) => value ?? null;
    case "DOUBLE":
      return (value) => value ?? null;
    case "FLOAT":
      return (value) => (typeof value === "number" ? plainSingle(value) : null);
    case "INT32":
    case "INT64":
      return plainIntegers.has(converted) && isInteger
        ? (value) => (typeof value === "bigint" ? plainInteger(value) : (value ?? null))
        : undefined;
    default:
      return undefined;
  }
}

function listReader(read: ValueReader): ValueReader {
  return (value) => (Array.isArray(value) ? value.map(read) : null);
}

function largestGroup({ row_groups }: FileMetaData, names: ReadonlySet<string>): number {
  const bytes = row_groups.map(({ columns }) =>
    columns.reduce((sum, { meta_data: column }) => {
      const isRead = column !== undefined && names.has(column.path_in_schema[0] as string);
      return isRead ? sum + Number(column.total_uncompressed_size) : sum;
    }, 0),
  );
  return Math.max(0, ...bytes);
}

async function* blocksOf(
  file: string,
  metadata: FileMetaData,
  names: readonly string[],
  readers: ReadonlyMap<string, ValueReader>,
): AsyncGenerator<RowBlock> {
  const buffer = await fileBuffer(file);
  try {
    let groupStart = 0;
    for (const group of metadata.row_groups) {
      const rowCount = Number(group.num_rows);
      const columns = await readGroup(buffer, metadata, names, groupStart, rowCount);
      for (let from = 0; from < rowCount; from += blockRows)
        yield blockOf(names, columns, readers, from, Math.min(from + blockRows, rowCount));
      groupStart += rowCount;
    }
  } catch (error) {
    throw unreadable(file, "Parquet", error);
  } finally {
    await buffer.close();
  }
}

/** The values of each column of a row group. */
type GroupColumns = ReadonlyMap<string, ArrayLike<unknown>>;

async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  groupStart: number,
  rowCount: number,
): Promise<GroupColumns> {
  const { parquetRead } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
  const columns = new Map<string, unknown[]>(names.map((name) => [name, new Array(rowCount)]));
  await parquetRead({
    file,
    metadata,
    columns: [...names],
    rowStart: groupStart,
    rowEnd: groupStart + rowCount,
    compressors,
    parsers: { stringFromBytes },
    onChunk: ({ columnName, columnData, rowStart }) => {
      const column = columns.get(columnName) as unknown[];
      for (let i = 0; i < columnData.length; i++) column[rowStart - groupStart + i] = columnData[i];
    },
  });
  return columns;
}

function stringFromBytes(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function blockOf(
  names: readonly string[],
  columns: GroupColumns,
  readers: ReadonlyMap<string, ValueReader>,
  from: number,
  to: number,
): RowBlock {
  const parts = names.map((name) => ({
    name,
    values: columns.get(name) as ArrayLike<unknown>,
    read: readers.get(name) as ValueReader,
  }));
  return {
    rowCount: to - from,
    row: (i) => {
      const row: Record<string, unknown> = {};
      for (const { name, values, read } of parts) row[name] = read(values[from + i]);
      return row;
    },
  };
}
