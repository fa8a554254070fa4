import { type Column, findColumn, nullId, type Table } from "../../columns/index.ts";
import { type Field, type IdentifierScheme, identifierSchemeNames, identifierSchemes } from "../../records/index.ts";
import { identifierKey } from "../compare/index.ts";

const schemes: ReadonlyMap<string, IdentifierScheme> = new Map(
  identifierSchemeNames.map((name) => [name, identifierSchemes[name]]),
);

/**
 * A value as rules read it: an identifier of a scheme in the one way to write it, null where it fails its check; all else without
 * punctuation and case.
 */
function ruleValue(text: string, { kind }: Pick<Field, "kind">): string | null {
  const scheme = schemes.get(kind);
  return scheme === undefined ? identifierKey(text) || null : scheme.canonical(text);
}

/** Gives equal values of one field equal numbers from 1 on, over the tables of all sources. */
export class ValueNumbers {
  readonly #field: Field;
  readonly #numberByText = new Map<string, number>();

  constructor(field: Field) {
    this.#field = field;
  }

  /** Reads the numbers of a table's rows: none where there is no value that counts. */
  reader(table: Table): (row: number) => readonly number[] {
    const column = findColumn(table, this.#field.name);
    if (column === undefined) return () => [];
    if (column.kind === "number") {
      return (row) => {
        const value = column.values[row] as number;
        return Number.isNaN(value) ? [] : [this.#numberOf(String(value))];
      };
    }
    const known = new Int32Array(column.dictionary.size).fill(-1);
    const numberOf = (id: number): number => {
      if (known[id] === -1) {
        const value = ruleValue(column.dictionary.get(id), this.#field);
        known[id] = value === null ? 0 : this.#numberOf(value);
      }
      return known[id] as number;
    };
    return (row) => [...new Set(idsOf(column, row).map(numberOf))].filter((number) => number > 0);
  }

  /** The texts by number; the first stands for none. */
  texts(): string[] {
    return ["", ...this.#numberByText.keys()];
  }

  #numberOf(text: string): number {
    const known = this.#numberByText.get(text);
    if (known !== undefined) return known;
    this.#numberByText.set(text, this.#numberByText.size + 1);
    return this.#numberByText.size;
  }
}

function idsOf(column: Exclude<Column, { kind: "number" }>, row: number): number[] {
  if (column.kind === "textList") return [...column.values.subarray(column.offsets[row], column.offsets[row + 1])];
  const id = column.ids[row] as number;
  return id === nullId ? [] : [id];
}
