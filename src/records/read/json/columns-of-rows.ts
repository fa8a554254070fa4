import type { RawValue } from "../raw-batch.ts";
import { noText, type RawColumn, rawValueAt } from "../raw-columns.ts";
import type { EntryTexts } from "./entry-texts.ts";
import { cell, planPlace } from "./layout.ts";
import type { ProjectionMemory } from "./projection-memory.ts";

/** The values of rows that JSON.parse read, one a column. */
export type OddRows = ReadonlyMap<number, readonly RawValue[]>;

/** Makes a column of what a projection found: numbers of texts, or of lists of them, or values where rows have both. */
export function columnOfRows(memory: ProjectionMemory, texts: EntryTexts, column: number, odd: OddRows): RawColumn {
  const cells = memory.cells(column);
  const oddValues = [...odd.values()].map((row) => row[column] ?? null);
  const hasLists =
    cells.some((value) => value <= cell.listMark) ||
    oddValues.some((value) => typeof value === "object" && value !== null);
  const hasTexts =
    cells.some((value) => value >= 0) || oddValues.some((value) => value !== null && typeof value !== "object");
  const reading = { memory, texts, column, cells, odd };
  if (!hasLists) return textColumn(reading);
  const lists = listColumn(reading);
  if (!hasTexts) return lists;
  const single = textColumn(reading);
  const isList = (row: number): boolean =>
    odd.has(row) ? typeof odd.get(row)?.[column] === "object" : (cells[row] as number) <= cell.listMark;
  return { kind: "values", values: Array.from(cells, (_, row) => rawValueAt(isList(row) ? lists : single, row)) };
}

interface Reading {
  readonly memory: ProjectionMemory;
  readonly texts: EntryTexts;
  readonly column: number;
  readonly cells: Int32Array;
  readonly odd: OddRows;
}

function textColumn({ texts, column, cells, odd }: Reading): Extract<RawColumn, { kind: "texts" }> {
  const known = texts.textsOf(column);
  texts.noteUses(column, cells.length);
  const numbers = new Int32Array(cells.length).fill(noText);
  for (let row = 0; row < cells.length; row++) {
    const entry = cells[row] as number;
    if (entry >= 0) numbers[row] = texts.numberOf(entry);
  }
  for (const [row, values] of odd) {
    const value = values[column] ?? null;
    if (value !== null && typeof value !== "object") numbers[row] = known.numberOfText(String(value));
  }
  return { kind: "texts", texts: known, numbers };
}

function listColumn({ memory, texts, column, cells, odd }: Reading): Extract<RawColumn, { kind: "lists" }> {
  const known = texts.textsOf(column);
  const items = memory.words.subarray(memory.get(planPlace.items) >> 2);
  const offsets = new Int32Array(cells.length + 1);
  const numbers: number[] = [];
  for (let row = 0; row < cells.length; row++) {
    const value = cells[row] as number;
    const own = odd.get(row)?.[column];
    if (value <= cell.listMark) {
      const start = cell.listMark - value;
      const count = items[start] as number;
      for (let at = start + 1; at <= start + count; at++) numbers.push(texts.numberOf(items[at] as number));
    } else if (typeof own === "object" && own !== null) {
      for (const item of own) numbers.push(known.numberOfText(item));
    }
    offsets[row + 1] = numbers.length;
  }
  texts.noteUses(column, numbers.length);
  return { kind: "lists", texts: known, offsets, numbers: Int32Array.from(numbers) };
}
