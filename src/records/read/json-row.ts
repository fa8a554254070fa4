import { nestingMax } from "./json/wanted-paths.ts";
import type { RawValue } from "./raw-batch.ts";
import { BadRow } from "./rejects.ts";

/** Objects and lists may lie so deep within each other, at most. */
const bracketsMax = 512;
/**
 * Numbers that JavaScript may write otherwise than the file does: those of 16 digits, with an exponent, with a trailing zero,
 * very small ones, and -0.
 */
const unfaithfulNumber = /\d[\d.]{15}|\d[eE][-+\d]|\.\d*0\b|-0\b|\b0\.000000/;

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
  return [typeof name === "string" || typeof name === "number" ? String(name) : JSON.stringify(item)];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What JSON.parse makes of a text, save that numbers which JavaScript would write otherwise stay texts as they are written.
 * @throws BadRow when it is no JSON, or nested too deep
 */
export function parseFaithfully(text: string): unknown {
  if (text.length > 2 * bracketsMax && bracketDepth(text) > bracketsMax)
    throw new BadRow(
      `objects and lists more than ${bracketsMax} deep within each other`,
      `at most ${bracketsMax} levels`,
    );
  try {
    return unfaithfulNumber.test(text) ? JSON.parse(text, keepNumberText) : JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message.replace(/ \(line \d+ column \d+\)$/, "");
    throw new BadRow(`invalid JSON: ${message}`, "one whole JSON value");
  }
}

/** How deep the brackets of a text lie within each other, those within strings left out. */
function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 34) at = stringEnd(text, at + 1);
    else if (sign === 123 || sign === 91) deepest = Math.max(deepest, ++depth);
    else if (sign === 125 || sign === 93) depth--;
  }
  return deepest;
}

function stringEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
  return at;
}

/** Gives numbers as they are written where reading and writing them would change them: ids stay byte for byte. */
function keepNumberText(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined || context.source === String(value)) return value;
  return context.source;
}
