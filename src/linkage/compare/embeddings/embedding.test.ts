import fc from "fast-check";
import { expect, test } from "vitest";
import { compared, comparedLevel } from "../../fixtures/compared.ts";
import { comparisonOf } from "../registry.ts";
import { readVector, writeVector } from "./vector.ts";

test("a vector is read from a list of numbers, and comes back whole from the short text", () => {
  const vector = Float32Array.of(0.5, -1, 1e-3);
  for (const text of ["[0.5, -1, 1e-3]", "0.5 -1 0.001", "0.5|-1|.001", writeVector(vector)])
    expect(readVector(text), text).toEqual(vector);
  fc.assert(
    fc.property(fc.float32Array({ minLength: 1, maxLength: 50, noNaN: true, noDefaultInfinity: true }), (values) => {
      expect(readVector(writeVector(values))).toEqual(values);
    }),
    { seed: 41, numRuns: 200 },
  );
});

test("what is no vector is read as none", () => {
  for (const text of [
    "",
    "[]",
    "a story of two cities",
    "[1, NaN]",
    "[1e99]",
    "f32:",
    "f32:AAA",
    "x".repeat(10_000_000),
  ])
    expect(readVector(text), text.slice(0, 20)).toBe(null);
});

test("vectors count by the angle between them, whatever their length", () => {
  expect(compared("embedding", "[1, 1]", "[7, 7]")).toBe("alike by 0.85 or more");
  expect(compared("embedding", "[1, 0]", "[1, 1]")).toBe("alike by 0.7 or more");
  expect(compared("embedding", "[1, 0]", "[-1, 0]")).toBe("unlike");
  expect(compared("embedding", "[1e30, 1e30]", "[1e-30, 1e-30]")).toBe("alike by 0.85 or more");
  expect(comparedLevel({ field: "x", kind: "embedding", thresholds: [0.999999] }, "[1, 2, 3]", "[2, 4, 6]")).toBe(2);
});

test("a vector of zeros, and one of another model, say nothing", () => {
  expect(compared("embedding", "[0, 0]", "[1, 0]")).toBe("null");
  expect(compared("embedding", "[1, 0, 0]", "[1, 0]")).toBe("null");
});

test("people are shown how long a vector is, and any other text as it stands", () => {
  const { show } = comparisonOf({ field: "x", kind: "embedding" });
  expect([show?.("[1, 2]"), show?.("no vector")]).toEqual(["a vector of 2 numbers", "no vector"]);
});
