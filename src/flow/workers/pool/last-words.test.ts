import fc from "fast-check";
import { expect, test } from "vitest";
import { gistOf, LastWords } from "./last-words.ts";

test("no end of what a worker printed holds a secret, wherever it was cut", () => {
  fc.assert(
    fc.property(fc.integer({ min: 3_900, max: 4_100 }), fc.integer({ min: 1, max: 40 }), (length, chunkLength) => {
      const key = 'hush"hush\nhush-1234';
      const words = new LastWords({ KEY: key });
      const printed = `crash ${key}${".".repeat(length)}${JSON.stringify(key)}`;
      for (let start = 0; start < printed.length; start += chunkLength)
        words.add(printed.slice(start, start + chunkLength));
      expect(String(words)).not.toMatch(/hush|1234/);
      expect(String(words)).toMatch(/\.{1000}"<KEY>"$/);
    }),
    { numRuns: 300 },
  );
});

test("of an error that nobody caught the error is told, of a dying runtime its own words, of anything else the end", () => {
  const uncaught =
    'file:///flows/a.ts:3\n  throw new Error("late");\n        ^\n\nError: late\nand more\n    at Timeout.run (file:///flows/a.ts:3:9)\n\nNode.js v24.21.0';
  expect(gistOf(uncaught)).toBe("Error: late\nand more");
  const heap =
    "<--- Last few GCs --->\n\n[1:0x1] 9789 ms: Mark-Compact\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----- Native stack trace -----\n\n 1: 0x931db0 [node]";
  expect(gistOf(heap)).toBe("FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory");
  expect(gistOf("----- Native stack trace -----\n\n 1: 0x931db0 [node]")).toBe("");
  expect(gistOf("Segmentation fault")).toBe("Segmentation fault");
  expect(gistOf(`${"x".repeat(900)} the end`)).toMatch(/^… x+ the end$/);
  expect(gistOf("")).toBe("");
});
