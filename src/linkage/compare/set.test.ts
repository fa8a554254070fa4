import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";
import { comparisonOf } from "./registry.ts";

test("a partial overlap of genres never speaks against a match, since catalogues sort differently", () => {
  const { levels } = comparisonOf({ field: "x", kind: "set" });
  expect(compared("set", ["Drama", "War"], ["War", "History", "Romance"])).toBe("half in common");
  expect(levels.slice(1).every((level) => (level.weightMin ?? -1) >= 0)).toBe(true);
  expect(compared("set", ["Drama"], ["Comedy"])).toBe("nothing in common");
});

test("order, case, repetition and filling words do not matter: “Romantic Movies” is Romantic", () => {
  expect(compared("set", ["Drama", "Romantic Movies"], ["romantic", "DRAMA", "Drama"])).toBe("all in common");
});

test("the smaller set decides what is half", () => {
  const wide = ["Action", "Crime", "Drama", "Mystery", "Thriller"];
  expect(compared("set", wide, ["Crime", "Horror"])).toBe("half in common");
  expect(compared("set", wide, ["Crime", "Horror", "Western"])).toBe("something in common");
});

test("an empty set is no evidence, nor is one of filling words alone", () => {
  expect([compared("set", [], ["Drama"]), compared("set", ["TV Shows"], ["Drama"])]).toEqual(["null", "null"]);
});
