import { hash53 } from "../../../base/index.ts";
import { type Column, findColumn, nullId, type Table } from "../../../columns/index.ts";
import { foldText, wordsOf } from "../../compare/index.ts";
import type { TopKSettings } from "../../settings.ts";

/** Text beyond this is not looked at. */
const charactersMax = 1_000;
/** Values of one list that are looked at. */
const valuesMax = 64;
/** Tokens of one record that are looked at: those with the smallest hashes, which are the same in every source. */
const tokensMax = 256;

/** The tokens of a row as hashes: distinct, ascending, none where the fields say nothing. */
export type RowTokens = (row: number) => readonly number[];

const none: readonly number[] = [];

/** Reads the tokens of a table's rows; those of one field never meet those of another. */
export function rowTokens(table: Table, topK: Pick<TopKSettings, "fields" | "tokens" | "q">): RowTokens {
  const ofFields = topK.fields.flatMap((name, seed) => {
    const column = findColumn(table, name);
    return column === undefined ? [] : [tokensOfColumn(column, (text) => textTokens(text, topK, seed))];
  });
  return (row) => {
    const tokens = ofFields.length === 1 ? (ofFields[0] as RowTokens)(row) : ofFields.flatMap((of) => of(row));
    if (tokens.length === 0) return none;
    return Float64Array.from(new Set(tokens)).sort().subarray(0, tokensMax) as unknown as readonly number[];
  };
}

/** The tokens of a column, made once for each distinct text. */
function tokensOfColumn(column: Column, make: (text: string) => readonly number[]): RowTokens {
  if (column.kind === "number")
    return (row) => (Number.isNaN(column.values[row]) ? none : make(String(column.values[row])));
  const made: (readonly number[] | undefined)[] = new Array(column.dictionary.size);
  const tokensOf = (id: number): readonly number[] => {
    if (id === nullId) return none;
    const known = made[id] ?? make(column.dictionary.get(id));
    made[id] = known;
    return known;
  };
  if (column.kind === "text") return (row) => tokensOf(column.ids[row] as number);
  return (row) => {
    const from = column.offsets[row] as number;
    const to = Math.min(column.offsets[row + 1] as number, from + valuesMax);
    return Array.from(column.values.subarray(from, to)).flatMap(tokensOf);
  };
}

function textTokens(text: string, { tokens, q }: Pick<TopKSettings, "tokens" | "q">, seed: number): number[] {
  const folded = foldText(text.length > charactersMax ? text.slice(0, charactersMax) : text);
  const parts = tokens === "words" ? wordsOf(folded) : qgramsOf(folded, q);
  return parts.map((part) => hash53(part, seed));
}

/** All runs of `q` characters, the ends of the text marked by a space; none of an empty text. */
function qgramsOf(folded: string, q: number): string[] {
  if (folded === "") return [];
  const marked = ` ${folded} `;
  return Array.from({ length: Math.max(1, marked.length - q + 1) }, (_, at) => marked.slice(at, at + q));
}
