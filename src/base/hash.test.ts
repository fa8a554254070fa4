import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hash53, hash53OfUtf8, sha256, stableJson } from "./hash.ts";

describe("hashes", () => {
  test("sha256 agrees with the published test vector", () => {
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  test("hash53 is a whole number below 2^53 and differs between 200,000 short keys", () => {
    const seen = new Set<number>();
    for (let i = 0; i < 200_000; i++) {
      const hash = hash53(`key ${i}`);
      expect(Number.isSafeInteger(hash)).toBe(true);
      seen.add(hash);
    }
    expect(seen.size).toBe(200_000);
  });

  test("hash53 is the same of a text and of its bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), (text, seed) => {
        const bytes = Buffer.from(`-${text}-`);
        expect(hash53OfUtf8(bytes, 1, bytes.length - 1, seed)).toBe(hash53(text, seed));
      }),
      { seed: 8 },
    );
  });
});

describe("stable JSON", () => {
  test("does not depend on the order in which keys were set, at any depth", () => {
    expect(stableJson({ b: [{ y: 1, x: 2 }], a: null })).toBe('{"a":null,"b":[{"x":2,"y":1}]}');
  });

  test("reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(stableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 7 },
    );
  });
});
