import { KindredError } from "../base/index.ts";
import { mergeDictionaries } from "./merge-dictionaries.ts";
import {
  type Column,
  columnOf,
  type NumberColumn,
  nullId,
  type Table,
  type TextColumn,
  type TextListColumn,
} from "./table.ts";

/**
 * Joins tables of one shape end to end, their dictionaries merged in order of first appearance.
 * @throws internal when a column of the first table is missing from another or of another kind
 */
export function concatTables(tables: readonly Table[]): Table {
  const first = tables[0];
  if (!first) throw new KindredError("internal", { seen: "no table to join", expected: "at least one" });
  if (tables.length === 1) return first;
  const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0);
  return { rowCount, columns: first.columns.map((column) => concatColumn(column, tables, rowCount)) };
}

function concatColumn(shape: Column, tables: readonly Table[], rowCount: number): Column {
  if (shape.kind === "text")
    return concatText(
      tables.map((table) => columnOf(table, shape.name, "text")),
      rowCount,
    );
  if (shape.kind === "textList")
    return concatLists(
      tables.map((table) => columnOf(table, shape.name, "textList")),
      rowCount,
    );
  return concatNumbers(
    tables.map((table) => columnOf(table, shape.name, "number")),
    rowCount,
  );
}

function concatNumbers(parts: readonly NumberColumn[], rowCount: number): NumberColumn {
  const values = new Float64Array(rowCount);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { kind: "number", name: (parts[0] as NumberColumn).name, values };
}

function concatText(parts: readonly TextColumn[], rowCount: number): TextColumn {
  const { dictionary, idsByOld } = mergeDictionaries(parts.map((part) => part.dictionary));
  const ids = new Int32Array(rowCount);
  let at = 0;
  for (const [p, part] of parts.entries()) {
    const idByOld = idsByOld[p] as Int32Array;
    for (const old of part.ids) ids[at++] = old === nullId ? nullId : (idByOld[old] as number);
  }
  return { kind: "text", name: (parts[0] as TextColumn).name, dictionary, ids };
}

function concatLists(parts: readonly TextListColumn[], rowCount: number): TextListColumn {
  const { dictionary, idsByOld } = mergeDictionaries(parts.map((part) => part.dictionary));
  const offsets = new Int32Array(rowCount + 1);
  const values = new Int32Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let row = 0;
  let at = 0;
  for (const [p, part] of parts.entries()) {
    const idByOld = idsByOld[p] as Int32Array;
    const base = at;
    for (const old of part.values) values[at++] = idByOld[old] as number;
    for (let i = 1; i < part.offsets.length; i++) offsets[++row] = base + (part.offsets[i] as number);
  }
  return { kind: "textList", name: (parts[0] as TextListColumn).name, dictionary, offsets, values };
}
