import { expect, test } from "vitest";
import { comparedLevel } from "../fixtures/compared.ts";
import { comparisonOfTexts } from "./comparison-of-texts.ts";
import { comparisonKinds, comparisonOf, defineComparison, isBuiltInComparison } from "./registry.ts";

const levels = [
  { label: "other length", m: 0.1, u: 0.9 },
  { label: "same length", m: 0.9, u: 0.1 },
];
const sameLength = comparisonOfTexts<number>({
  levels,
  read: (text) => text.length || null,
  level: (a, b) => (a === b ? 2 : 1),
});

test("a kind that is defined compares from then on, with its settings where it is a function of them", () => {
  defineComparison("sameLength", sameLength);
  expect([comparedLevel("sameLength", "abc", "xyz"), comparedLevel("sameLength", "", "xyz")]).toEqual([2, 0]);
  expect(comparisonKinds()).toContain("sameLength");
  expect([isBuiltInComparison("sameLength"), isBuiltInComparison("title")]).toEqual([false, true]);

  defineComparison("nearLength", ({ thresholds = [0] }) => ({
    ...sameLength,
    levels: [...levels, ...thresholds.slice(1).map((_, i) => ({ label: `${i}`, m: 0.1, u: 0.1 }))],
  }));
  expect(comparisonOf({ field: "x", kind: "nearLength", thresholds: [1, 2, 3] }).levels).toHaveLength(4);
});

test("a kind is refused when its name is taken, or its levels contradict each other", () => {
  expect(() => defineComparison("title", sameLength)).toThrow(/second comparison of the kind "title"/);
  const many = Array.from({ length: 16 }, (_, i) => ({ label: `${i}`, m: 0.1, u: 0.1 }));
  const wrong = [
    { ...sameLength, levels: [] },
    { ...sameLength, levels: many },
    { ...sameLength, agreesFrom: 3 },
    { ...sameLength, disagreesUpTo: 2 },
    { ...sameLength, ascending: [2, 1] },
    { ...sameLength, levels: [{ label: "one", m: 0, u: 1 }, levels[1] as (typeof levels)[number]] },
    { ...sameLength, levels: [{ label: "one", m: 1, u: 1, weightMin: 2, weightMax: 1 }, ...levels.slice(1)] },
  ];
  wrong.forEach((comparison, i) => {
    expect(() => defineComparison(`wrong ${i}`, comparison)).toThrow(/the comparison "wrong/);
    expect(comparisonKinds()).not.toContain(`wrong ${i}`);
  });
});
