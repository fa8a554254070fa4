import fc from "fast-check";
import { expect, test } from "vitest";
import { overlapOf, type TermVector, termVectors } from "./term-vectors.ts";

const words = (text: string) => text.split(" ");
const texts = fc.array(fc.array(fc.constantFrom("red", "blue", "green", "a", "b"), { minLength: 1, maxLength: 6 }), {
  minLength: 2,
  maxLength: 8,
});

test("a text is as near to itself as can be, and what two share is the same either way round", () => {
  fc.assert(
    fc.property(texts, (lists) => {
      const { vectors, rarity } = termVectors(
        lists.map((list) => list.join(" ")),
        words,
      );
      const [a, b] = [vectors[0] as TermVector, vectors[1] as TermVector];
      expect(overlapOf(a, a, rarity).cosine).toBeCloseTo(1, 12);
      const [there, back] = [overlapOf(a, b, rarity), overlapOf(b, a, rarity)];
      expect(back).toEqual({ ...there, leftRarest: there.rightRarest, rightRarest: there.leftRarest });
    }),
    { seed: 1 },
  );
});

test("the order of texts changes no bit", () => {
  fc.assert(
    fc.property(texts, (lists) => {
      const all = lists.map((list) => list.join(" "));
      const there = termVectors(all, words);
      const back = termVectors(all.toReversed(), words);
      expect(back.vectors.toReversed()).toEqual(there.vectors);
    }),
    { seed: 2 },
  );
});

test("a rare word weighs more than one that all texts hold", () => {
  const { vectors, vocabulary, rarity } = termVectors(["the whale", "the sea", "the sky", null, ""], words);
  const at = (word: string) => rarity[vocabulary.indexOf(word)] as number;
  expect(at("whale")).toBeGreaterThan(at("the"));
  expect(vectors[3]).toBeNull();
});
