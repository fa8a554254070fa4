import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { shortMax } from "../jaro-bound.ts";
import {
  comparisonBytes,
  comparisonPlace,
  digitWords,
  kindNumber,
  listBytes,
  planBytes,
  planPlace,
  ruleNumbers,
  rulePlace,
  textsPlace,
  textsPlanBytes,
} from "./layout.ts";

const eight = 8;
const source = readFileSync(new URL("../../../../wasm/linkage/layout.ts", import.meta.url), "utf8");

/** The constants of the kernel's own file by name; products and sums are as they stand there. */
const constants = new Map(
  [...source.matchAll(/export const (\w+): \w+ = ([\d\s*+()]+);/g)].map(([, name, value]) => [
    name as string,
    numberOf(value as string),
  ]),
);

/** Reads whole numbers joined by `*` and `+`, with one pair of brackets at most. */
function numberOf(text: string): number {
  const product = (terms: string): number => terms.split("*").reduce((all, one) => all * Number(one), 1);
  const sum = (terms: string): number => terms.split("+").reduce((all, one) => all + product(one), 0);
  return sum(text.replace(/\(([^()]*)\)/, (_, inner: string) => String(sum(inner))));
}

const upper = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

test("both sides of the kernel find the same things at the same places", () => {
  const expected = new Map<string, number>([
    ...Object.entries(planPlace).map(([name, place]) => [upper(name), place] as const),
    ...Object.entries(comparisonPlace).map(([name, place]) => [upper(name), place] as const),
    ...Object.entries(textsPlace).map(([name, place]) => [upper(name), place] as const),
    ...Object.entries(kindNumber).map(([name, number]) => [upper(name), number] as const),
    ["RULE_BYTES", ruleNumbers * eight],
    ["RULE_REST", rulePlace.rest * eight],
    ["RULE_MAY_DROP", rulePlace.mayDrop * eight],
    ["RULE_WEIGHTS", rulePlace.weights * eight],
    ["RULE_LOST", rulePlace.lost * eight],
    ["SHORT_MAX", shortMax],
    ["LIST_BYTES", listBytes],
    ["COMPARISON_BYTES", comparisonBytes],
  ]);
  expect(digitWords).toBe((constants.get("DIGITS") as number) * 2 ** (constants.get("DIGIT_BITS") as number));
  expect(planBytes).toBeGreaterThan(Math.max(...Object.values(planPlace)));
  expect(textsPlanBytes).toBeGreaterThan(Math.max(...Object.values(textsPlace)));
  for (const [name, place] of expected) expect([name, constants.get(name)]).toEqual([name, place]);
});
