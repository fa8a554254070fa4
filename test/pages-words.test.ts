import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount, formatDuration } from "../src/base/index.ts";
import { heldText } from "../src/cli/held-view.ts";
import { figureText as figureTextOfTerminal } from "../src/cli/promotion-view.ts";
import { shellWord as shellWordOfTerminal } from "../src/cli/run-view/shell-word.ts";
import { figureText, heldWords } from "../web/figure-words.ts";
import { statusText as statusOfTerminal, tookText as tookOfTerminal } from "../src/cli/run-view/wait-view.ts";
import { count, duration, shellWord, statusText, tookText } from "../web/words.ts";

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
  const letters = fc.string({
    unit: fc.constantFrom(..."aZ0_@%+=:,./- '\"$\\`~é千\n\t\u0001\u007f\u0085"),
    maxLength: 12,
  });
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

test("pages say as the terminal does where a run stands, what it waits for, and how long it took when it is over", () => {
  const queue = fc.record({ queue: fc.constantFrom("cpu1", "cpu8", "cpu1-llm"), steps: fc.constant(["match"]) });
  const waits = fc.option(fc.record({ queues: fc.array(queue, { minLength: 1 }), isIdle: fc.boolean() }), {
    nil: undefined,
  });
  const status = fc.constantFrom("running", "done", "failed", "interrupted");
  const run = fc.record({ status, waits, createdMs: fc.nat(), endedMs: fc.option(fc.nat()) });
  fc.assert(
    fc.property(run, (each) => {
      expect([statusText(each), tookText(each)]).toEqual([statusOfTerminal(each), tookOfTerminal(each)]);
    }),
    { seed: 25, numRuns: 500 },
  );
  const waiting = { queues: [{ queue: "cpu8", steps: ["match"] }], isIdle: true };
  expect(statusText({ status: "running", waits: waiting })).toBe("waiting for cpu8");
  expect(statusText({ status: "running", waits: { ...waiting, isIdle: false } })).toBe("running, waits for cpu8");
  expect(tookText({ createdMs: 0, endedMs: 5_000, waits: waiting })).toBe("");
});
