import type { Table } from "../../columns/index.ts";
import type { Field, FieldKind } from "../../records/index.ts";
import type { LinkageSettings, TrustedIdentifier } from "../settings.ts";
import { ValueNumbers } from "./field-values.ts";

/** A field of which an entity has one value at most. */
export interface Trait {
  readonly field: string;
  /** The value of each record as a number; 0 when unknown. */
  readonly values: Int32Array;
}

/** Identifiers of which a work or a person has one. */
const oneEach: ReadonlySet<FieldKind> = new Set(["eidr", "imdb", "orcid"]);

/** The fields of which an entity has one value at most: the level first, then what rules say. */
export function singleFields(settings: LinkageSettings): Field[] {
  const named = [
    ...(settings.levelField === null ? [] : [settings.levelField]),
    ...settings.cannotLink.map(({ field }) => field),
    ...settings.trusted.filter((one) => isOnePerEntity(one, settings)).map(({ field }) => field),
  ];
  return [...new Set(named)].flatMap((name) => settings.fields.find((field) => field.name === name) ?? []);
}

function isOnePerEntity({ field, onePerEntity }: TrustedIdentifier, { fields }: LinkageSettings): boolean {
  const found = fields.find(({ name }) => name === field);
  return onePerEntity ?? (found !== undefined && !found.list && oneEach.has(found.kind));
}

/**
 * The traits of all records.
 * @param tables those of all sources, in the order of the records
 */
export function traitsOf(tables: readonly Table[], settings: LinkageSettings): Trait[] {
  const total = tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return singleFields(settings).map((field) => {
    const values = new Int32Array(total);
    const numbers = new ValueNumbers(field);
    let record = 0;
    for (const table of tables) {
      const read = numbers.reader(table);
      for (let row = 0; row < table.rowCount; row++) values[record++] = read(row)[0] ?? 0;
    }
    return { field: field.name, values };
  });
}
