import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount, formatDuration } from "../src/base/index.ts";
import { shellWord as shellWordOfTerminal } from "../src/cli/run-view/shell-word.ts";
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
