import { KindredError } from "../base/index.ts";
import type { Dictionary } from "./dictionary.ts";

/** The id that stands for "no value" in a text column. */
export const nullId = -1;

/** One text a row, dictionary-encoded; {@link nullId} where there is none. */
export interface TextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly dictionary: Dictionary;
  /** One id a row. */
  readonly ids: Int32Array;
}

/** Any number of texts a row, dictionary-encoded; no value and an empty list are the same. */
export interface TextListColumn {
  readonly kind: "textList";
  readonly name: string;
  readonly dictionary: Dictionary;
  /** Row `r` owns `values[offsets[r]]` up to, not including, `values[offsets[r + 1]]`; one entry more than rows. */
  readonly offsets: Int32Array;
  /** Dictionary ids in the order of the source, so the first-named stays first. */
  readonly values: Int32Array;
}

/** One number a row; NaN where there is none. */
export interface NumberColumn {
  readonly kind: "number";
  readonly name: string;
  readonly values: Float64Array;
}

/** A named column of a {@link Table}. */
export type Column = TextColumn | TextListColumn | NumberColumn;

/** The kind of a {@link Column}. */
export type ColumnKind = Column["kind"];

/** Typed columns of equal length. Never changed once made. */
export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

type ColumnOf<K extends ColumnKind> = Extract<Column, { kind: K }>;

/** The column of that name, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/**
 * The column of that name and kind.
 * @throws internal when it is absent or of another kind: the caller declared it
 */
export function columnOf<K extends ColumnKind>(table: Table, name: string, kind: K): ColumnOf<K> {
  const column = findColumn(table, name);
  if (column?.kind === kind) return column as ColumnOf<K>;
  throw new KindredError("internal", {
    seen: column ? `the column "${name}" is ${column.kind}` : `there is no column "${name}"`,
    expected: `a ${kind} column among ${table.columns.map((c) => c.name).join(", ")}`,
  });
}

/** How many rows a column has. */
export function rowCountOf(column: Column): number {
  if (column.kind === "text") return column.ids.length;
  return column.kind === "number" ? column.values.length : column.offsets.length - 1;
}

/** The text of a row, or null. */
export function textAt(column: TextColumn, row: number): string | null {
  const id = column.ids[row] as number;
  return id === nullId ? null : column.dictionary.get(id);
}

/** The texts of a row; empty where there are none. */
export function textsAt(column: TextListColumn, row: number): string[] {
  const texts: string[] = [];
  const end = column.offsets[row + 1] as number;
  for (let i = column.offsets[row] as number; i < end; i++)
    texts.push(column.dictionary.get(column.values[i] as number));
  return texts;
}

/** The number of a row, or null. */
export function numberAt(column: NumberColumn, row: number): number | null {
  const value = column.values[row] as number;
  return Number.isNaN(value) ? null : value;
}

/** A value as plain data: text, texts, number, or null for none. */
export type Value = string | readonly string[] | number | null;

/** The value of any column at a row; an empty list is null. */
export function valueAt(column: Column, row: number): Value {
  if (column.kind === "text") return textAt(column, row);
  if (column.kind === "number") return numberAt(column, row);
  const texts = textsAt(column, row);
  return texts.length === 0 ? null : texts;
}

/** One row as plain data, by column name. */
export function rowAt(table: Table, row: number): Record<string, Value> {
  return Object.fromEntries(table.columns.map((column) => [column.name, valueAt(column, row)]));
}
