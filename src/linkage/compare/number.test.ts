import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

test("measures count by their relative difference, so that minutes and money follow one rule", () => {
  expect([100, 97, 90, 70, 69].map((other) => compared("number", 100, other))).toEqual([
    "equal",
    "up to 3 % apart",
    "up to 10 % apart",
    "up to 30 % apart",
    "more than 30 % apart",
  ]);
  expect(compared("number", 97e6, 100e6)).toBe("up to 3 % apart");
});

test("nothing and something are far apart, a loss and a gain too; nothing and nothing are equal", () => {
  expect([compared("number", 0, 5), compared("number", -90, 90), compared("number", 0, 0)]).toEqual([
    "more than 30 % apart",
    "more than 30 % apart",
    "equal",
  ]);
});

test("a missing or impossible number is no evidence", () => {
  expect([null, Number.NaN, Number.POSITIVE_INFINITY].map((other) => compared("number", 90, other))).toEqual([
    "null",
    "null",
    "null",
  ]);
});
