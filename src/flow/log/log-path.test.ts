import fc from "fast-check";
import { expect, test } from "vitest";
import { fileName } from "./log-path.ts";

test("a plain key is its own file name; others stay legible", () => {
  expect(fileName("shard-3")).toBe("shard-3");
  expect(fileName("Films/The Mother (2009).csv")).toMatch(/^Films_The_Mother_2009_\.csv~[0-9a-f]{10}$/);
  expect(fileName("../../etc")).toMatch(/^_+[.\w]*etc~/);
});

test("file names are safe, short and different for different keys, also where case is not told apart", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), fc.string({ unit: "binary", minLength: 1 }), (a, b) => {
      expect(fileName(a)).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._~-]{0,120}$/);
      if (a !== b) expect(fileName(a).toLowerCase()).not.toBe(fileName(b).toLowerCase());
      expect(fileName(a.toUpperCase()).toLowerCase() === fileName(a.toLowerCase()).toLowerCase()).toBe(
        a.toUpperCase() === a.toLowerCase(),
      );
    }),
    { seed: 20261122 },
  );
});
