import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dictionaryOf, dictionaryTexts, utf8Dictionary, utf8Of } from "./dictionary.ts";
import { TextNumbers } from "./text-numbers.ts";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ maxLength: 3 }),
  fc.integer({ max: 3000 }).map((n) => `title ${n}`),
);

describe("numbered texts", () => {
  test("have the numbers that a Map gives, from strings and from bytes, also while they grow", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4000 }), (list) => {
        const numbers = new TextNumbers();
        const known = new Map<string, number>();
        for (const [i, text] of list.entries()) {
          if (!known.has(text)) known.set(text, known.size);
          const bytes = Buffer.from(`<${text}>`);
          const number = i % 2 === 0 ? numbers.numberOfText(text) : numbers.numberOf(bytes, 1, bytes.length - 1);
          expect(number).toBe(known.get(text));
          expect(numbers.textOf(number)).toBe(text);
        }
        expect(dictionaryTexts(numbers.dictionary())).toEqual([...known.keys()]);
      }),
      { seed: 21, numRuns: 20 },
    );
  });

  test("are found only where they are, among none and among those that were appended without a look", () => {
    const numbers = new TextNumbers();
    const bytes = Buffer.from("Alien");
    expect(numbers.find(bytes, 0, 5)).toBe(-1);
    numbers.append(bytes, 0, 5);
    expect([numbers.find(bytes, 0, 5), numbers.find(bytes, 0, 4)]).toEqual([0, -1]);
  });

  test("stay as they were in a dictionary that was taken before more came", () => {
    const numbers = new TextNumbers();
    numbers.numberOfText("first");
    const before = numbers.dictionary();
    for (let i = 0; i < 100_000; i++) numbers.numberOfText(`更多 ${i}`);
    expect([before.size, before.get(0), numbers.size]).toEqual([1, "first", 100_001]);
  });
});

test("texts are the same as strings and as bytes, halves of a letter that meet included", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (texts) => {
      expect(dictionaryTexts(utf8Dictionary(utf8Of(dictionaryOf(texts))))).toEqual(texts);
    }),
    { seed: 22 },
  );
  expect(dictionaryTexts(utf8Dictionary(utf8Of(dictionaryOf(["\ud83c", "\udfac"]))))).toEqual(["\ufffd", "\ufffd"]);
});
