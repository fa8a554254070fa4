import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount, formatDuration } from "../src/base/index.ts";
import { heldText } from "../src/cli/held-view.ts";
import { figureText as figureTextOfTerminal } from "../src/cli/promotion-view.ts";
import { shellWord as shellWordOfTerminal } from "../src/cli/run-view/shell-word.ts";
import { figureText, heldWords } from "../web/figure-words.ts";
import { count, duration, shellWord } from "../web/words.ts";

// The pages share no code with src/, so these are written twice: pages and terminal are to say the same of the same run.

test("pages word durations and whole counts as the terminal does", () => {
  const ms = fc.oneof(fc.double({ min: 0, max: 4e8, noNaN: true }), fc.integer({ min: 0, max: 400_000_000 }));
  fc.assert(
    fc.property(ms, fc.nat(), (time, whole) => {
      expect([duration(time), count(whole)]).toEqual([formatDuration(time), formatCount(whole)]);
    }),
    { seed: 21, numRuns: 2_000 },
  );
});

test("pages quote a word for the shell as the terminal does", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."aZ0_@%+=:,./- '\"$\\`~é千\n"), maxLength: 12 });
  fc.assert(
    fc.property(letters, (text) => {
      expect(shellWord(text)).toBe(shellWordOfTerminal(text));
    }),
    { seed: 22, numRuns: 2_000 },
  );
});

test("pages word the figures of gates as the terminal does, counts, shares and what is not known", () => {
  const names = ["matches", "matchesLost", "matchesLostShare", "precision", "recall", "f1", "rows", "bytes"];
  const value = fc.oneof(fc.constant(null), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.constantFrom(...names), value, (figure, seen) => {
      expect(figureText(figure, seen)).toBe(figureTextOfTerminal(figure, seen));
    }),
    { seed: 23, numRuns: 2_000 },
  );
});

test("pages word what a version holds as the terminal does", () => {
  const names = ["records", "matches", "entities", "rows", "files", "bytes"];
  const figures = fc.dictionary(fc.constantFrom(...names), fc.option(fc.nat()));
  fc.assert(
    fc.property(figures, (held) => {
      expect(heldWords(held)).toBe(heldText({ figures: held }));
    }),
    { seed: 24, numRuns: 2_000 },
  );
});
