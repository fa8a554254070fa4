import fc from "fast-check";
import { expect, test } from "vitest";
import { columnOf, dictionaryOf, type Table } from "../../columns/index.ts";
import { comparisonOf } from "../compare/index.ts";
import { pairKey } from "../evaluate/index.ts";
import { madeModel } from "../fixtures/made-model.ts";
import { madeFields, profilesOf } from "../fixtures/made-records.ts";
import { inferLinkage } from "../index.ts";
import { packPattern } from "./pattern.ts";
import { settleWeights } from "./settle-weights.ts";

const sources = ["a", "b"];
const settings = inferLinkage({ entityType: "film", sources, fields: profilesOf(madeFields, sources) });
const model = madeModel(settings, 5);
const levelCounts = settings.comparisons.map((one) => comparisonOf(one).levels.length);
const whole = packPattern(levelCounts);
/** The title agrees at its best, and there is nothing else to compare. */
const titleOnly = packPattern(
  settings.comparisons.map(({ kind }, i) => (kind === "title" ? (levelCounts[i] as number) : 0)),
);

interface Pair {
  readonly weight: number;
  readonly pattern: number;
}

function tableOf(pairs: readonly Pair[]): Table {
  const numbers = (name: string, of: (pair: Pair, i: number) => number) =>
    ({ kind: "number", name, values: Float64Array.from(pairs, of) }) as const;
  const text = (name: string, values: readonly string[], of: (i: number) => number) =>
    ({ kind: "text", name, dictionary: dictionaryOf(values), ids: Int32Array.from(pairs, (_, i) => of(i)) }) as const;
  const ids = pairs.map((_, i) => `r${i}`);
  const side = (name: string, source: string) => [
    text(`${name}_source`, [source], () => 0),
    numbers(`${name}_row`, (_, i) => i),
    text(`${name}_id`, ids, (i) => i),
  ];
  return {
    rowCount: pairs.length,
    columns: [
      ...side("left", "a"),
      ...side("right", "b"),
      numbers("rule", () => 0),
      numbers("pattern", ({ pattern }) => pattern),
      numbers("weight", ({ weight }) => weight),
    ],
  };
}

const numbersOf = (table: Table, name: string): number[] => [...columnOf(table, name, "number").values];

const pairs = fc.array(
  fc.record({ weight: fc.double({ min: -20, max: 20, noNaN: true }), pattern: fc.constantFrom(whole, titleOnly) }),
  { minLength: 1, maxLength: 12 },
);

test("where too little agrees, values never say more than even odds; all else keeps its weight", () => {
  fc.assert(
    fc.property(pairs, (drawn) => {
      const weights = numbersOf(settleWeights([tableOf(drawn)], model), "weight");
      expect(weights).toEqual(
        drawn.map(({ weight, pattern }) => (pattern === titleOnly ? Math.min(weight, 0) : weight)),
      );
    }),
    { seed: 94, numRuns: 200 },
  );
});

test("the columns tell all that a weight is made of", () => {
  const calibration = { pairs: 9, matches: 5, slope: 0.5, shift: 1, knots: [] };
  fc.assert(
    fc.property(pairs, (drawn) => {
      const settled = settleWeights([tableOf(drawn)], { ...model, calibration });
      const parts = ["verdict", "competition", "guard", "calibration"].map((name) => numbersOf(settled, name));
      numbersOf(settled, "weight").forEach((weight, i) => {
        const sum = parts.reduce((total, part) => total + (part[i] as number), drawn[i]?.weight as number);
        expect(weight).toBeCloseTo(sum, 9);
      });
    }),
    { seed: 95, numRuns: 200 },
  );
});

test("what a judge said counts on top, and related records free a pair", () => {
  const table = tableOf([{ weight: 9, pattern: titleOnly }]);
  const pair = { left: { source: "a", id: "r0" }, right: { source: "b", id: "r0" } };
  const judged = new Map([[pairKey(pair), { weight: 3, judge: "somebody" }]]);
  expect(numbersOf(settleWeights([table], model, judged), "weight")).toEqual([3]);
  expect(numbersOf(settleWeights([table], model, new Map(), Float64Array.of(1)), "weight")).toEqual([9]);
});
