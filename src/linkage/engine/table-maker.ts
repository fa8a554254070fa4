import type { TextColumn, TextListColumn } from "../../columns/index.ts";
import type { Arena, Placed } from "./arena.ts";
import { distinctTexts } from "./distinct-texts.ts";
import { type ListTable, listTable } from "./list-table.ts";
import { type TextTable, textTable } from "./text-table.ts";

/** Makes the tables that kernels read of columns, end to end, with `lower` of their texts in lower case. */
export interface TableMaker {
  /** The number of each row's text, equal ones under one number, or less than 0. */
  ids(columns: readonly TextColumn[], lower: boolean): Placed<Int32Array>;
  texts(columns: readonly TextColumn[], lower: boolean): TextTable | undefined;
  lists(columns: readonly (TextColumn | TextListColumn)[], lower: boolean): ListTable;
}

/** Makes tables in TypeScript. */
export function plainTables(arena: Arena): TableMaker {
  return {
    ids: (columns, lower) => arena.int32Of(distinctTexts(columns, lower).ids),
    texts: (columns, lower) => textTable(columns, lower, arena),
    lists: (columns, lower) => listTable(columns, lower, arena),
  };
}
