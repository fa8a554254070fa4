import { expect, test } from "vitest";
import { wrapped } from "./wrapped.ts";

test("a sentence is broken at blanks to fit, later lines further in, and loses no word", () => {
  const text =
    "  match/film-12 took 1.1 s, 36.8x the median: nothing that it told is larger: it waited, or its machine was busy";
  const lines = wrapped(text, 60);
  expect(lines).toEqual([
    "  match/film-12 took 1.1 s, 36.8x the median: nothing that",
    "    it told is larger: it waited, or its machine was busy",
  ]);
  expect(wrapped(text, 200)).toEqual([text]);
  expect(wrapped(`  ${"x".repeat(90)} took long`, 60)).toEqual([`  ${"x".repeat(90)}`, "    took long"]);
  expect(wrapped("  千と千尋 千と千尋", 12)).toEqual(["  千と千尋", "    千と千尋"]);
});
