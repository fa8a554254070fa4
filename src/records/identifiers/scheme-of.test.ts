import { expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { checkDigitMod10 } from "./check-digit.ts";
import { checkedSchemeOf, schemeNamed } from "./scheme-of.ts";

const random = seededRandom(7);
const digits = (count: number): string => Array.from({ length: count }, () => random.integer(10)).join("");
const numbers = Array.from({ length: 200 }, () => digits(12));
const barCodes = numbers.map((number) => number + checkDigitMod10(number));
const isbns = numbers.map((number) => `978${number.slice(3)}`).map((body) => body + checkDigitMod10(body));

test("a column is of a scheme when nearly all its values pass the check", () => {
  expect(checkedSchemeOf(barCodes)?.name).toBe("gtin");
  expect(checkedSchemeOf(isbns)?.name).toBe("isbn");
  expect(checkedSchemeOf([...isbns.slice(1), "unknown"])?.name).toBe("isbn");
});

test("numbers of that length of which some pass by chance, and columns of a few values, are of none", () => {
  expect(checkedSchemeOf(numbers.map((number) => number + random.integer(10)))).toBe(undefined);
  expect(checkedSchemeOf(isbns.slice(0, 5))).toBe(undefined);
  expect(checkedSchemeOf(new Array(100).fill(isbns[0]))).toBe(undefined);
});

test("a column that is named for a scheme may hold some that are not well formed", () => {
  expect(schemeNamed("isbn", [...isbns.slice(0, 9), "n. a."])?.name).toBe("isbn");
  expect(schemeNamed("isbn", barCodes)).toBe(undefined);
  expect(schemeNamed("imdb_id", ["tt0068646", "http://www.imdb.com/title/tt0068646/"])?.name).toBe("imdb");
  expect(schemeNamed("phone", isbns)).toBe(undefined);
});
