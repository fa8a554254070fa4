import type { RawValue } from "./raw-batch.ts";
import { BadRow } from "./rejects.ts";

const nestingMax = 8;
/** Numbers that JavaScript would write otherwise than the file does: long ones, and ones with an exponent or trailing zero. */
const unfaithfulNumber = /\d{16}|\d[eE][-+\d]|\.\d*0\b/;

/** The columns of rows that name their own: they grow as rows bring new ones. */
export class GrowingColumns {
  readonly names: string[];
  readonly #placeByName: Map<string, number>;

  constructor(names: readonly string[] = []) {
    this.names = [...names];
    this.#placeByName = new Map(names.map((name, place) => [name, place]));
  }

  /** The place of a column, a new one when it was not seen before. */
  placeOf(name: string): number {
    const known = this.#placeByName.get(name);
    if (known !== undefined) return known;
    this.#placeByName.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/**
 * The row of one JSON element: an object's members, nested ones as `a.b`; a bare text or number goes to the column `value`.
 * @throws BadRow when it is no JSON, or neither object nor bare value
 */
export function parseJsonRow(text: string, columns: GrowingColumns): RawValue[] {
  return flattenElement(parseFaithfully(text), columns);
}

/** The row of an element that is parsed already. */
export function flattenElement(element: unknown, columns: GrowingColumns): RawValue[] {
  const row: RawValue[] = new Array(columns.names.length).fill(null);
  if (typeof element === "string" || typeof element === "number") row[columns.placeOf("value")] = element;
  else if (isObject(element)) flattenInto(row, element, "", 1, columns);
  else
    throw new BadRow(
      `${Array.isArray(element) ? "a list" : String(element)} in place of a record`,
      "an object, a text or a number",
    );
  return row;
}

function flattenInto(
  row: RawValue[],
  object: Record<string, unknown>,
  prefix: string,
  depth: number,
  columns: GrowingColumns,
): void {
  for (const key in object) {
    const value = object[key];
    if (isObject(value) && depth < nestingMax) flattenInto(row, value, `${prefix}${key}.`, depth + 1, columns);
    else row[columns.placeOf(prefix + key)] = rawValueOf(value);
  }
}

function rawValueOf(value: unknown): RawValue {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.every(isText) ? value : value.flatMap(listItem);
  if (typeof value === "object") return JSON.stringify(value);
  return value as string | number | boolean;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Of an object within a list its name, else its JSON: casts come as `{"name": ..., "character": ...}`. */
function listItem(item: unknown): string[] {
  if (item === null || item === undefined) return [];
  if (typeof item !== "object") return [String(item)];
  const name = (item as { name?: unknown }).name;
  return [typeof name === "string" ? name : JSON.stringify(item)];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseFaithfully(text: string): unknown {
  try {
    return unfaithfulNumber.test(text) ? JSON.parse(text, keepNumberText) : JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message.replace(/ \(line \d+ column \d+\)$/, "");
    throw new BadRow(`invalid JSON: ${message}`, "one whole JSON value");
  }
}

/** Gives numbers as they are written where reading and writing them would change them: ids stay byte for byte. */
function keepNumberText(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined || context.source === String(value)) return value;
  return context.source;
}
