import {
  Dictionary as ArrowDictionary,
  Table as ArrowTable,
  type Data,
  DataType,
  Field,
  Float64,
  Int32,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  tableFromIPC,
  tableToIPC,
  Utf8,
  Vector,
} from "apache-arrow";
import { KindredError } from "../base/index.ts";
import { type Dictionary, dictionaryOf, utf8Dictionary, utf8Of } from "./dictionary.ts";
import { type Column, nullId, type Table } from "./table.ts";
import { encodeUtf8 } from "./utf8-texts.ts";

/** Encodes a table as an Arrow IPC file that any Arrow reader opens. Equal tables give equal bytes. */
export function encodeTable(table: Table): Uint8Array {
  const children = table.columns.map((column, index) => encodeColumn(column, table.rowCount, index));
  const fields = children.map((child, i) => new Field((table.columns[i] as Column).name, child.type, true));
  const struct = makeData({ type: new Struct(fields), length: table.rowCount, nullCount: 0, children });
  const schema = new Schema(fields);
  return tableToIPC(new ArrowTable(schema, [new RecordBatch(schema, struct)]), "file");
}

/** How to decode a table. */
export interface DecodeOptions {
  /**
   * Decode a text anew each time it is asked for: right for a large table of which few rows are read now and then, and
   * that stays in memory. Default false.
   */
  readonly lazyTexts?: boolean;
}

/**
 * Decodes what {@link encodeTable} wrote.
 * @throws artifact-damaged when the bytes are not such a file
 */
export function decodeTable(bytes: Uint8Array, { lazyTexts = false }: DecodeOptions = {}): Table {
  try {
    if (!endsWithMagic(bytes)) throw new Error("the end is missing");
    const arrow = tableFromIPC(bytes);
    const columns = arrow.schema.fields.map((field) =>
      arrow.numRows === 0 ? emptyColumn(field, 0) : decodeColumn(field.name, onlyChunk(arrow, field.name), lazyTexts),
    );
    return { rowCount: arrow.numRows, columns };
  } catch (cause) {
    throw new KindredError("artifact-damaged", {
      seen: `${bytes.length} bytes that are not a whole Arrow table (${(cause as Error).message})`,
      expected: "an Arrow IPC file as kindred writes it",
      cause,
    });
  }
}

/** An Arrow file ends with these bytes; the reader itself takes an empty or torn file for an empty table. */
const magic = Buffer.from("ARROW1");

function endsWithMagic(bytes: Uint8Array): boolean {
  return magic.equals(bytes.subarray(Math.max(0, bytes.length - magic.length)));
}

function encodeColumn(column: Column, rowCount: number, index: number): Data {
  if (column.kind === "number") {
    return makeData({ type: new Float64(), length: rowCount, nullCount: 0, data: column.values });
  }
  const type = new ArrowDictionary(new Utf8(), new Int32(), index);
  // Empty dictionaries are lost by the reader, and the columns after them with it: an unused text keeps them whole.
  const { bytes, offsets } = column.dictionary.size === 0 ? encodeUtf8([""]) : utf8Of(column.dictionary);
  const texts = makeData({
    type: new Utf8(),
    length: offsets.length - 1,
    nullCount: 0,
    valueOffsets: offsets,
    data: bytes,
  });
  const dictionary = new Vector([texts]);
  if (column.kind === "text") {
    return makeData({ type, length: rowCount, data: column.ids, dictionary, ...nullsOf(column.ids) });
  }
  const child = makeData({ type, length: column.values.length, nullCount: 0, data: column.values, dictionary });
  const list = new List(new Field("item", type as DataType, true));
  return makeData({ type: list, length: rowCount, nullCount: 0, valueOffsets: column.offsets, child: child as Data });
}

/** Arrow marks nulls in a bitmap; ids keep {@link nullId} beneath, so decoding needs no second pass. */
function nullsOf(ids: Int32Array): { nullCount: number; nullBitmap?: Uint8Array } {
  const bitmap = new Uint8Array(Math.ceil(ids.length / 8));
  let nullCount = 0;
  for (let row = 0; row < ids.length; row++) {
    if (ids[row] === nullId) nullCount++;
    else bitmap[row >> 3] = (bitmap[row >> 3] as number) | (1 << (row & 7));
  }
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap: bitmap };
}

function onlyChunk(arrow: ArrowTable, name: string): Data {
  const vector = arrow.getChild(name);
  const chunk = vector?.data[0];
  if (!chunk || vector.data.length !== 1)
    throw new Error(`column ${name} has ${vector?.data.length ?? 0} batches, not 1`);
  return chunk;
}

function emptyColumn({ name, type }: Field, rowCount: number): Column {
  if (DataType.isFloat(type)) return { kind: "number", name, values: new Float64Array(rowCount).fill(Number.NaN) };
  const dictionary = dictionaryOf([]);
  if (DataType.isDictionary(type))
    return { kind: "text", name, dictionary, ids: new Int32Array(rowCount).fill(nullId) };
  return { kind: "textList", name, dictionary, offsets: new Int32Array(rowCount + 1), values: new Int32Array(0) };
}

function decodeColumn(name: string, data: Data, lazyTexts: boolean): Column {
  if (DataType.isFloat(data.type)) return { kind: "number", name, values: trimmed(data) as Float64Array };
  if (DataType.isDictionary(data.type)) {
    return { kind: "text", name, dictionary: decodeDictionary(data, lazyTexts), ids: trimmed(data) as Int32Array };
  }
  const child = data.children[0] as Data | undefined;
  // The reader gives neither child nor offsets when every list is empty.
  if (!child) return emptyColumn(new Field(name, data.type), data.length);
  return {
    kind: "textList",
    name,
    dictionary: decodeDictionary(child, lazyTexts),
    offsets: (data.valueOffsets as Int32Array).subarray(0, data.length + 1),
    values: trimmed(child) as Int32Array,
  };
}

/** Arrow pads buffers to eight bytes; a column has exactly its rows. */
function trimmed(data: Data): Int32Array | Float64Array {
  return (data.values as Int32Array | Float64Array).subarray(0, data.length);
}

function decodeDictionary({ dictionary }: Data, lazyTexts: boolean): Dictionary {
  if (!dictionary) return dictionaryOf([]);
  const texts = dictionary.data[0];
  if (texts === undefined || dictionary.data.length > 1) throw new Error("a dictionary has several batches, not 1");
  const offsets = (texts.valueOffsets as Int32Array).subarray(0, texts.length + 1);
  return utf8Dictionary({ bytes: texts.values as Uint8Array, offsets }, !lazyTexts);
}
