import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";
import { comparisonOf } from "./registry.ts";

/** Genres, as one record in five has them. */
const usual = 2_000;

test("a partial overlap of genres never speaks against a match, since catalogues sort differently", () => {
  const { levels } = comparisonOf({ field: "x", kind: "set" });
  expect(compared("set", ["Drama", "War"], ["War", "History", "Romance"], usual)).toBe("half in common");
  expect(levels.slice(1).every((level) => (level.weightMin ?? -1) >= 0)).toBe(true);
  expect(compared("set", ["Drama"], ["Comedy"], usual)).toBe("nothing in common");
});

test("order, case, repetition and filling words do not matter: “Romantic Movies” is Romantic", () => {
  expect(compared("set", ["Drama", "Romantic Movies"], ["romantic", "DRAMA", "Drama"], usual)).toBe("all in common");
});

test("the smaller set decides what is half", () => {
  const wide = ["Action", "Crime", "Drama", "Mystery", "Thriller"];
  expect(compared("set", wide, ["Crime", "Horror"], usual)).toBe("half in common");
  expect(compared("set", wide, ["Crime", "Horror", "Western"], usual)).toBe("something in common");
});

test("an empty set is no evidence, nor is one of filling words alone", () => {
  expect([compared("set", [], ["Drama"], usual), compared("set", ["TV Shows"], ["Drama"], usual)]).toEqual([
    "null",
    "null",
  ]);
});

test("what few records have is evidence, in a class or in several", () => {
  const rare = "half or more in common, which are in few records";
  expect(compared("set", ["heist", "twins"], ["twins", "opera"], 3)).toBe(rare);
  expect(compared("set", ["heist"], ["heist", "opera", "twins", "rain"], 3)).toBe(rare);
  expect(compared("set", ["heist", "twins", "snow"], ["heist", "opera", "rain"], 3)).toBe("something in common");
});
