import fc from "fast-check";
import { expect, test } from "vitest";
import { foldText } from "./fold.ts";

test("case, diacritics, apostrophes and signs go; letters of every script stay", () => {
  const folded = [
    ["Amélie", "amelie"],
    ["Schindler’s List", "schindlers list"],
    ["Schindler´s List", "schindlers list"],
    ["Fast & Furious", "fast and furious"],
    ["Romeo + Juliet", "romeo and juliet"],
    ["Smørrebrød, Łódź; Straße", "smorrebrod lodz strasse"],
    ["S.W.A.T.", "swat"],
    ["WALL·E", "wall e"],
    ["8½", "8 1 2"],
    ["8 1/2", "8 1 2"],
    ["𝐀lien", "alien"],
    ["七人の侍", "七人の侍"],
    ["!?", ""],
  ] as const;
  for (const [text, expected] of folded) expect(foldText(text)).toBe(expected);
});

test("folding what is folded changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 12 }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
    { seed: 33, numRuns: 2_000 },
  );
});
