import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

test("identifiers are the same without their punctuation and case", () => {
  expect(compared("identifier", "978-3-16-148410-0", "9783161484100")).toBe("same identifier");
  expect(compared("identifier", "(212) 555-0100", "212/555 0100")).toBe("same identifier");
  expect(compared("identifier", "TT0111161", "tt0111161")).toBe("same identifier");
});

test("one other digit makes another identifier", () => {
  expect(compared("identifier", "tt0111161", "tt0111162")).toBe("different identifiers");
});

test("a missing identifier, or one of signs alone, is no evidence", () => {
  expect([compared("identifier", null, "1"), compared("identifier", "-", "1")]).toEqual(["null", "null"]);
});
