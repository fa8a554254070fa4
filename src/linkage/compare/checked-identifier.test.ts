import { expect, test } from "vitest";
import { compared, comparedLevel } from "../fixtures/compared.ts";
import { comparisonOf } from "./registry.ts";

test("ISBN-10 and ISBN-13 of one book are one, and other books are different", () => {
  expect(compared("isbn", "0-306-40615-2", "9780306406157")).toBe("same ISBN");
  expect(compared("isbn", "9780804429573", "9780306406157")).toBe("different ISBNs");
});

test("an identifier whose check digit is wrong is weak evidence: near another it may be meant, far from it it says little", () => {
  const nearly = "nearly the same ISBN, of which one fails its check";
  expect(compared("isbn", "9780306406158", "9780306406157")).toBe(nearly);
  expect(compared("isbn", "9780306406175", "9780306406157")).toBe(nearly);
  expect(compared("isbn", "0306406153", "9780306406158")).toBe("different ISBNs, of which one fails its check");
  expect(compared("isbn", "9780306406158", "978-0-306-40615-8")).toBe("the same ISBN, which fails its check");
  const { levels } = comparisonOf({ field: "x", kind: "isbn" });
  expect(levels.map(({ weightMin, weightMax }) => [weightMin, weightMax])).toEqual([
    [undefined, 0],
    [-0.5, 0],
    [0, 6],
    [0, 8],
    [0, undefined],
  ]);
});

test("ids of IMDb are the same in an address, without their zeros, and not where they are of a person", () => {
  expect(compared("imdb", "https://www.imdb.com/title/tt0068646/", "tt68646")).toBe("same IMDb id");
  expect(compared("imdb", "tt0000116", "nm0000116")).toBe("different IMDb ids");
});

test("of several identifiers, the two that agree best decide", () => {
  expect(compared("isbn", ["9780804429573", "0306406152"], ["x", "9780306406157"])).toBe("same ISBN");
});

test("an identifier compares as its scheme says, and as written without one", () => {
  const level = (scheme?: "eidr"): number => {
    const settings = { field: "x", kind: "identifier", ...(scheme === undefined ? {} : { scheme }) };
    return comparedLevel(settings, "doi:10.5240/779185342C23903086105", "10.5240/7791-8534-2C23-9030-8610-5");
  };
  expect([level("eidr"), level()]).toEqual([5, 1]);
});
