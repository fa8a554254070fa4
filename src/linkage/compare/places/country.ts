import { type Column, nullId } from "../../../columns/index.ts";
import { type Comparison, nullLevel, type PairComparer } from "../contract.ts";
import { type Country, countryOf, isCountry } from "./countries.ts";

const level = { none: 1, successor: 2, some: 3, half: 4, all: 5 } as const;

/** Countries of one record that are looked at. */
const membersMax = 32;
/** Text beyond this names no country. */
const charactersMax = 400;

/**
 * Compares the countries of two records, each as ISO code or English name, one or a list. Countries of co-productions
 * are often left out, so a partial overlap never speaks against a match.
 */
export const countryComparison: Comparison = {
  levels: [
    { label: "no country in common", m: 0.08, u: 0.5, weightMax: 0 },
    { label: "a country that the other one's became", m: 0.05, u: 0.05, weightMin: -1, weightMax: 3 },
    { label: "some countries in common", m: 0.1, u: 0.1, weightMin: 0 },
    { label: "half of the countries in common", m: 0.2, u: 0.15, weightMin: 0 },
    { label: "same countries", m: 0.57, u: 0.2, weightMin: 0, weightMax: 6 },
  ],
  ascending: [1, 2, 3, 4, 5],
  agreesFrom: level.half,
  disagreesUpTo: level.none,
  classes: true,
  prepare: prepareCountries,
};

function prepareCountries(column: Column): PairComparer {
  if (column.kind === "number") throw new TypeError(`column ${column.name} holds numbers, not texts`);
  const byId: (readonly Country[] | undefined)[] = [];
  const byRow: (readonly Country[] | undefined)[] = [];
  const namedBy = (id: number): readonly Country[] => {
    if (id === nullId) return [];
    byId[id] ??= countriesIn(column.dictionary.get(id));
    return byId[id];
  };
  const ofRow = (row: number): readonly Country[] => {
    if (column.kind === "text") return namedBy(column.ids[row] as number);
    const known = byRow[row];
    if (known !== undefined) return known;
    const ids = column.values.subarray(column.offsets[row], column.offsets[row + 1]).subarray(0, membersMax);
    const countries = distinct(Array.from(ids).flatMap(namedBy));
    byRow[row] = countries;
    return countries;
  };
  return (left, right) => levelOf(ofRow(left), ofRow(right));
}

/** The countries that a text names: one, or several with a sign between them. */
function countriesIn(text: string): Country[] {
  const bounded = text.slice(0, charactersMax);
  const parts = isCountry(bounded) ? [bounded] : bounded.split(/[,;|/]/);
  return distinct(parts.flatMap((part) => countryOf(part) ?? []));
}

function distinct(countries: readonly Country[]): Country[] {
  return [...new Map(countries.map((country) => [country.code, country])).values()].slice(0, membersMax);
}

function levelOf(a: readonly Country[], b: readonly Country[]): number {
  const smaller = Math.min(a.length, b.length);
  if (smaller === 0) return nullLevel;
  const shared = a.filter(({ code }) => b.some((other) => other.code === code)).length;
  if (shared === Math.max(a.length, b.length)) return level.all;
  if (shared > 0) return shared * 2 >= smaller ? level.half : level.some;
  return a.some((one) => b.some((other) => succeeds(one, other) || succeeds(other, one)))
    ? level.successor
    : level.none;
}

function succeeds(one: Country, former: Country): boolean {
  return former.became.includes(one.code);
}
