import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

test("classes are equal or not, whatever their case and signs", () => {
  expect([compared("category", "PG-13", "pg 13"), compared("category", "PG-13", "R")]).toEqual(["equal", "different"]);
});

test("of a list the first class counts, the main one", () => {
  expect(compared("category", ["Drama", "War"], ["Drama"])).toBe("equal");
  expect(compared("category", ["War", "Drama"], ["Drama"])).toBe("different");
});

test("a missing class, or one of signs alone, is no evidence", () => {
  expect([null, "", "--", []].map((other) => compared("category", ["R"], other))).toEqual(Array(4).fill("null"));
});
