import type { ColumnMetaData } from "hyparquet";
import { ThriftReader, type ThriftStruct } from "./parquet-thrift.ts";

/** Expands compressed bytes to a known length. */
export type Expand = (bytes: Uint8Array, length: number) => Uint8Array;

/** A page as it is stored. */
export interface Page {
  readonly isDictionary: boolean;
  /** Values, nulls and empty lists counted too. */
  readonly count: number;
  readonly isPlain: boolean;
  /** Where levels come without their length before them, as in pages of the second version; else null. */
  readonly levels: { readonly repetition: Uint8Array; readonly definition: Uint8Array } | null;
  readonly stored: Uint8Array;
  /** Whether `stored` is compressed, where the column is. */
  readonly isCompressed: boolean;
  /** Bytes that `stored` expands to. */
  readonly length: number;
}

const pageType = { data: 0, dictionary: 2, data2: 3 } as const;
/** Encodings read here, by number: plain, and places in a dictionary under two names. */
const encoding = { plain: 0, dictionary: [2, 8] } as const;

/** The pages of a column chunk, one after the other. */
export function* pagesOf(chunk: Uint8Array, column: ColumnMetaData): Generator<Page> {
  const valueCount = Number(column.num_values);
  let seen = 0;
  for (let at = 0; seen < valueCount; ) {
    const reader = new ThriftReader(chunk, at);
    const header = reader.struct();
    const stored = chunk.subarray(reader.at, reader.at + numberOf(header, 3));
    at = reader.at + stored.length;
    if (stored.length < numberOf(header, 3)) throw new Error("a page ends early");
    const type = numberOf(header, 1);
    if (type !== pageType.data && type !== pageType.dictionary && type !== pageType.data2) continue;
    const page = pageOf(type, header, stored);
    if (!page.isDictionary) seen += page.count;
    yield page;
  }
}

function pageOf(type: number, header: ThriftStruct, stored: Uint8Array): Page {
  const length = numberOf(header, 2);
  const isDictionary = type === pageType.dictionary;
  const details = structOf(header, type === pageType.data ? 5 : isDictionary ? 7 : 8);
  const count = numberOf(details, 1);
  if (type !== pageType.data2) {
    const isPlain = isDictionary || plainOrDictionary(numberOf(details, 2));
    return { isDictionary, count, isPlain, levels: null, stored, isCompressed: true, length };
  }
  const definitionBytes = numberOf(details, 5);
  const repetitionBytes = numberOf(details, 6);
  return {
    isDictionary,
    count,
    isPlain: plainOrDictionary(numberOf(details, 4)),
    levels: {
      repetition: stored.subarray(0, repetitionBytes),
      definition: stored.subarray(repetitionBytes, repetitionBytes + definitionBytes),
    },
    stored: stored.subarray(repetitionBytes + definitionBytes),
    isCompressed: details.get(7) !== 0,
    length: length - repetitionBytes - definitionBytes,
  };
}

function plainOrDictionary(number: number): boolean {
  if (number === encoding.plain) return true;
  if ((encoding.dictionary as readonly number[]).includes(number)) return false;
  throw new Error(`a page in encoding ${number}, which its file does not declare`);
}

/** The bytes of a page, expanded. */
export function expandPage({ stored, isCompressed, length }: Page, expand: Expand | undefined): Uint8Array {
  const bytes = !isCompressed || expand === undefined || length === 0 ? stored : expand(stored, length);
  if (bytes.length !== length) throw new Error(`a page of ${bytes.length} bytes where ${length} are declared`);
  return bytes;
}

function numberOf(struct: ThriftStruct, field: number): number {
  const value = struct.get(field);
  if (typeof value !== "number" || value < 0) throw new Error(`a page header without field ${field}`);
  return value;
}

function structOf(struct: ThriftStruct, field: number): ThriftStruct {
  const value = struct.get(field);
  if (typeof value !== "object") throw new Error(`a page header without field ${field}`);
  return value;
}
