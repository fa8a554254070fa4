export { type DecodeOptions, decodeTable, encodeTable } from "./arrow-file.ts";
export { type ColumnFunctions, ColumnKernel } from "./column-kernel.ts";
export { concatTables } from "./concat.ts";
export {
  type Dictionary,
  DictionaryBuilder,
  dictionaryOf,
  dictionaryTexts,
  utf8Dictionary,
  utf8Of,
} from "./dictionary.ts";
export { GrowingFloat64, GrowingInt32 } from "./growing-array.ts";
export { KernelTextNumbers } from "./kernel-text-numbers.ts";
export { cutToUsed, selectRows, type TextIds } from "./select.ts";
export {
  type Column,
  type ColumnKind,
  columnOf,
  findColumn,
  type NumberColumn,
  nullId,
  numberAt,
  rowAt,
  rowCountOf,
  type Table,
  type TextColumn,
  type TextListColumn,
  textAt,
  textsAt,
  type Value,
  valueAt,
} from "./table.ts";
export { type ColumnShape, TableBuilder } from "./table-builder.ts";
export { TextNumbers } from "./text-numbers.ts";
export { decodeUtf8, encodeUtf8, type Utf8Texts } from "./utf8-texts.ts";
