import { open } from "node:fs/promises";
import type { DataType, RecordBatch, Vector } from "apache-arrow";
import { plainInteger, plainSingle, type RowBlock, unreadable } from "./row-block.ts";

type Arrow = typeof import("apache-arrow");

/** The rows of an Arrow IPC file or stream, one block a record batch; a file is read batch by batch. */
export async function* arrowBlocks(file: string): AsyncGenerator<RowBlock> {
  const arrow = await import("apache-arrow");
  const handle = await open(file);
  try {
    const reader = await arrow.RecordBatchReader.from(handle);
    for await (const batch of reader) yield blockOf(batch, arrow);
  } catch (error) {
    throw unreadable(file, "Arrow", error);
  } finally {
    await handle.close().catch(() => {});
  }
}

function blockOf(batch: RecordBatch, arrow: Arrow): RowBlock {
  const columns = batch.schema.fields.map((field, at) => ({
    name: field.name,
    vector: batch.getChildAt(at) as Vector,
    type: field.type as DataType,
  }));
  return {
    rowCount: batch.numRows,
    row: (i) =>
      Object.fromEntries(columns.map(({ name, vector, type }) => [name, plainValue(vector.get(i), type, arrow)])),
  };
}

/** A value as JSON would hold it; dates and times as ISO text, decimals as their text. */
function plainValue(value: unknown, type: DataType, arrow: Arrow): unknown {
  const { DataType: kinds } = arrow;
  if (value === null || value === undefined) return null;
  if (kinds.isDictionary(type)) return plainValue(value, type.dictionary, arrow);
  if (kinds.isDate(type)) return new Date(Number(value)).toISOString().slice(0, 10);
  if (kinds.isTimestamp(type)) return new Date(Number(value)).toISOString();
  if (kinds.isDecimal(type)) return decimalText(value as Uint32Array, type.scale);
  if (kinds.isFloat(type)) return type.precision < 2 ? plainSingle(Number(value)) : value;
  if (typeof value === "bigint") return plainInteger(value);
  if (kinds.isList(type) || kinds.isFixedSizeList(type)) {
    const child = (type.children[0] as { type: DataType }).type;
    return Array.from(value as Vector, (item) => plainValue(item, child, arrow));
  }
  if (kinds.isStruct(type)) {
    const row = value as Record<string, unknown>;
    return Object.fromEntries(
      type.children.map((child) => [child.name, plainValue(row[child.name], child.type, arrow)]),
    );
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  return typeof value === "object" ? JSON.stringify(value) : value;
}

/** A decimal from its little-endian words of two's complement. */
function decimalText(words: Uint32Array, scale: number): string {
  let whole = 0n;
  for (let i = words.length - 1; i >= 0; i--) whole = (whole << 32n) | BigInt(words[i] as number);
  whole = BigInt.asIntN(words.length * 32, whole);
  if (scale <= 0) return String(whole);
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, "0");
  return `${whole < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
