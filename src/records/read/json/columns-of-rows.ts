import type { RawValue } from "../raw-batch.ts";
import { noText, type RawColumn, rawValueAt } from "../raw-columns.ts";
import type { ColumnTexts } from "./batch-texts.ts";
import { cell, planPlace } from "./layout.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

/** The values of rows that JSON.parse read, one a column. */
export type OddRows = ReadonlyMap<number, readonly RawValue[]>;

interface Reading {
  readonly items: Int32Array;
  readonly texts: ColumnTexts;
  readonly column: number;
  readonly cells: Int32Array;
  readonly odd: OddRows;
}

/** Makes a column of what a projection found: numbers of texts, or of lists of them, or values where rows have both. */
export function columnOfRows(memory: ProjectionMemory, texts: ColumnTexts, column: number, odd: OddRows): RawColumn {
  const cells = memory.cells(column);
  const items = memory.words.subarray(memory.get(planPlace.items) >> 2);
  const reading = { items, texts, column, cells, odd };
  const { hasTexts, hasLists } = shapesOf(reading);
  if (!hasLists) return textColumn(reading);
  const lists = listColumn(reading);
  if (!hasTexts) return lists;
  const single = textColumn(reading);
  const isList = (row: number): boolean =>
    (cells[row] as number) <= cell.listMark || oddList(odd, row, column) !== null;
  return { kind: "values", values: Array.from(cells, (_, row) => rawValueAt(isList(row) ? lists : single, row)) };
}

function shapesOf({ column, cells, odd }: Reading): { hasTexts: boolean; hasLists: boolean } {
  let most = cell.untouched as number;
  let least = cell.untouched as number;
  for (let row = 0; row < cells.length; row++) {
    const value = cells[row] as number;
    if (value > most) most = value;
    if (value < least) least = value;
  }
  let hasTexts = most >= 0;
  let hasLists = least <= cell.listMark;
  for (const [row, values] of odd) {
    const isList = oddList(odd, row, column) !== null;
    hasLists ||= isList;
    hasTexts ||= !isList && (values[column] ?? null) !== null;
  }
  return { hasTexts, hasLists };
}

function oddList(odd: OddRows, row: number, column: number): readonly string[] | null {
  const value = odd.size === 0 ? null : odd.get(row)?.[column];
  return typeof value === "object" ? value : null;
}

function textColumn({ texts, column, cells, odd }: Reading): Extract<RawColumn, { kind: "texts" }> {
  const { texts: known, renumbered } = texts;
  const numbers = new Int32Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const number = cells[row] as number;
    numbers[row] = number < 0 ? noText : renumbered === undefined ? number : (renumbered[number] as number);
  }
  for (const [row, values] of odd) {
    const value = values[column] ?? null;
    if (value !== null && typeof value !== "object") numbers[row] = known.numberOfText(String(value));
  }
  return { kind: "texts", texts: known, numbers };
}

function listColumn({ items, texts, column, cells, odd }: Reading): Extract<RawColumn, { kind: "lists" }> {
  const { texts: known, renumbered } = texts;
  const offsets = new Int32Array(cells.length + 1);
  for (let row = 0; row < cells.length; row++) {
    const value = cells[row] as number;
    const own = value <= cell.listMark ? (items[cell.listMark - value] as number) : oddList(odd, row, column)?.length;
    offsets[row + 1] = (offsets[row] as number) + (own ?? 0);
  }
  const numbers = new Int32Array(offsets[cells.length] as number);
  for (let row = 0, to = 0; row < cells.length; row++) {
    const value = cells[row] as number;
    if (value <= cell.listMark) {
      const start = cell.listMark - value + 1;
      const end = start + (items[start - 1] as number);
      if (renumbered === undefined) for (let at = start; at < end; at++) numbers[to++] = items[at] as number;
      else for (let at = start; at < end; at++) numbers[to++] = renumbered[items[at] as number] as number;
    } else for (const item of oddList(odd, row, column) ?? []) numbers[to++] = known.numberOfText(item);
  }
  return { kind: "lists", texts: known, offsets, numbers };
}
