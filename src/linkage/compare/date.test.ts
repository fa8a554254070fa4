import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

const day = (text: string): number => Date.parse(text) / 86_400_000;

test("dates count by how far they are apart: releases differ by weeks from country to country", () => {
  const premiere = day("1999-03-31");
  expect(
    ["1999-03-31", "1999-04-30", "2000-03-30", "2002-03-01", "2019-03-31"].map((other) =>
      compared("date", premiere, day(other)),
    ),
  ).toEqual([
    "same day",
    "within a month",
    "up to a year apart",
    "up to three years apart",
    "more than three years apart",
  ]);
});

test("a missing date is no evidence", () => {
  expect(compared("date", day("1999-03-31"), null)).toBe("null");
});
