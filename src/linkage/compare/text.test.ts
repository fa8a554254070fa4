import { expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

const plot = "Two imprisoned men bond over a number of years, finding solace and eventual redemption";

test("texts count by the share of their words, whatever their order and signs", () => {
  expect(compared("text", plot, plot.toUpperCase().split(/\W+/).reverse().join("; "))).toBe("nearly the same text");
  expect(compared("text", plot, `${plot} through acts of common decency, as banker Andy Dufresne learns`)).toBe(
    "nearly the same text",
  );
  expect(compared("text", plot, "Two men bond over years in prison where redemption comes late")).toBe(
    "many words in common",
  );
  expect(compared("text", plot, "The lives of two mob hitmen intertwine")).toBe("some words in common");
  expect(compared("text", plot, "Gangster epic")).toBe("hardly a word in common");
});

test("a missing text is no evidence", () => {
  expect([compared("text", null, plot), compared("text", "...", plot)]).toEqual(["null", "null"]);
});
