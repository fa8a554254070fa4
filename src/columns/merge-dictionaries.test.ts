import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../base/index.ts";
import { dictionaryOf, dictionaryTexts } from "./dictionary.ts";
import { mergeDictionaries } from "./merge-dictionaries.ts";

const letters = ["a", "b", "é", "千", "🎬"];

test("many dictionaries become the one by the kernel that they become in TypeScript", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
      const random = seededRandom(seed);
      const text = (): string =>
        Array.from({ length: random.integer(random.next() < 0.01 ? 900 : 9) }, () => letters[random.integer(5)]).join(
          "",
        );
      const dictionaries = [6_000, 0, 7_000].map((size) => dictionaryOf(Array.from({ length: size }, text)));
      const merged = mergeDictionaries(dictionaries);
      const plain = mergeDictionaries(dictionaries, () => undefined);
      expect(merged.idsByOld.map((ids) => ids.join())).toEqual(plain.idsByOld.map((ids) => ids.join()));
      expect(dictionaryTexts(merged.dictionary).join()).toBe(dictionaryTexts(plain.dictionary).join());
    }),
    { seed: 64, numRuns: 20 },
  );
});
