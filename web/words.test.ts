import { expect, test } from "vitest";
import { bytes, count, duration, plain, probability, shellWord, valueText, weight } from "./words.ts";

test("what rounds up to the next unit is told in that unit", () => {
  expect([340, 999.6, 12_400, 59_960, 119_700, 7_500_000].map(duration)).toEqual([
    "340 ms",
    "1.0 s",
    "12.4 s",
    "1 min 0 s",
    "2 min 0 s",
    "2 h 5 min",
  ]);
  expect([0, 999, 12_000, 999_700, 12_300_000, 999_600_000, 1.5e9].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "12 kB",
    "1 MB",
    "12 MB",
    "1.00 GB",
    "1.50 GB",
  ]);
});

test("a probability is never told as certain, and a weight has its sign", () => {
  expect([1, 0.5, 0.0358, 0].map(probability)).toEqual(["above .9999", ".5000", ".0358", "below .0001"]);
  expect([3.456, -2, 0, Number.NEGATIVE_INFINITY].map(weight)).toEqual(["+3.46", "−2.00", "0.00", "−∞"]);
});

test("values and names are words for people", () => {
  expect([["Ada", "Bo"], null, 1960, undefined].map(valueText)).toEqual(["Ada, Bo", "", "1960", ""]);
  expect(["1/work/k7", "1/work/The Mother's (2009)"].map(shellWord)).toEqual([
    "1/work/k7",
    "'1/work/The Mother'\\''s (2009)'",
  ]);
  expect([plain("birth_year"), count(51573)]).toEqual(["birth year", "51,573"]);
});
