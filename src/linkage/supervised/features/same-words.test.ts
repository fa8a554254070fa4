import { expect, test } from "vitest";
import { foldWords } from "./same-words.ts";

test("an abbreviation and its word are one, and a word that only begins like it is another", () => {
  expect(foldWords("747 Ninth Avenue")).toBe(foldWords("747 9th ave."));
  expect(foldWords("second-hand professional")).toBe("2nd hand pro");
  expect(foldWords("eastern streetcar")).toBe("eastern streetcar");
});
