import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dictionaryOf, selectRows, type Table } from "../../columns/index.ts";
import { madeModel } from "../fixtures/made-model.ts";
import { madeFields, profilesOf } from "../fixtures/made-records.ts";
import { inferLinkage, type Model, probabilityOf } from "../index.ts";
import { comparisonOf } from "../compare/index.ts";
import { competitionOf } from "./compete.ts";
import { packPattern } from "./pattern.ts";
import { settleWeights } from "./settle-weights.ts";

const sources = ["a", "b"];
const settings = inferLinkage({ entityType: "film", sources, fields: profilesOf(madeFields, sources) });

/** A model in which a share of .5 of other pairs has an unmatched record, on both sides: one bit each. */
const model: Model = {
  ...madeModel(settings, 5),
  rules: madeModel(settings, 5).rules.map((rule) => ({
    ...rule,
    unclaimed: [
      { source: "a", other: "b", field: null, shares: [0.5] },
      { source: "b", other: "a", field: null, shares: [0.5] },
    ],
  })),
};

const best = packPattern(settings.comparisons.map((one) => comparisonOf(one).levels.length));

type Pair = readonly [left: number, right: number, weight: number];

function tableOf(pairs: readonly Pair[]): Table {
  const numbers = (name: string, of: (pair: Pair) => number) =>
    ({ kind: "number", name, values: Float64Array.from(pairs, of) }) as const;
  const text = (name: string, value: string) =>
    ({ kind: "text", name, dictionary: dictionaryOf([value]), ids: new Int32Array(pairs.length) }) as const;
  return {
    rowCount: pairs.length,
    columns: [
      text("left_source", "a"),
      numbers("left_row", ([left]) => left),
      text("right_source", "b"),
      numbers("right_row", ([, right]) => right),
      numbers("rule", () => 0),
      // Every field agrees at its best, so that no guard speaks.
      numbers("pattern", () => best),
      numbers("weight", ([, , weight]) => weight),
    ],
  };
}

/** The probability of each pair, by going through all matchings. */
function byEnumeration(pairs: readonly Pair[]): number[] {
  const sums = new Array<number>(pairs.length).fill(0);
  let total = 0;
  for (let chosen = 0; chosen < 2 ** pairs.length; chosen++) {
    const taken = pairs.filter((_, i) => (chosen >> i) & 1);
    if (new Set(taken.map(([left]) => left)).size < taken.length) continue;
    if (new Set(taken.map(([, right]) => right)).size < taken.length) continue;
    const odds = taken.reduce((product, [, , weight]) => product * 2 ** (weight + 2), 1);
    total += odds;
    pairs.forEach((_, i) => {
      if ((chosen >> i) & 1) sums[i] = (sums[i] as number) + odds;
    });
  }
  return sums.map((sum) => sum / total);
}

const weights = fc.integer({ min: -24, max: 24 }).map((quarters) => quarters / 4);

describe("competition", () => {
  test("gives a chain of candidates the probabilities that all its matchings give", () => {
    const chain = fc
      .array(weights, { minLength: 1, maxLength: 5 })
      .map((drawn) => drawn.map((weight, i): Pair => [Math.floor((i + 1) / 2), Math.floor(i / 2), weight]));
    fc.assert(
      fc.property(chain, (pairs) => {
        const competition = competitionOf(tableOf(pairs), model);
        byEnumeration(pairs).forEach((expected, i) => {
          expect(probabilityOf((pairs[i] as Pair)[2] + (competition[i] as number))).toBeCloseTo(expected, 9);
        });
      }),
      { seed: 61, numRuns: 200 },
    );
  });

  test("leaves a record with many candidates no more than one match", () => {
    fc.assert(
      fc.property(fc.array(weights, { minLength: 1, maxLength: 30 }), (drawn) => {
        const pairs = drawn.map((weight, i): Pair => [0, i, weight]);
        const competition = competitionOf(tableOf(pairs), model);
        const total = drawn.reduce((sum, weight, i) => sum + probabilityOf(weight + (competition[i] as number)), 0);
        expect(total).toBeLessThan(1 + 1e-9);
      }),
      { seed: 62, numRuns: 200 },
    );
  });

  test("does not depend on the order of pairs", () => {
    const pair = fc.tuple(fc.nat(5), fc.nat(5), weights);
    const pairs = fc.uniqueArray(pair, { selector: ([left, right]) => left * 6 + right, maxLength: 20 });
    fc.assert(
      fc.property(pairs, fc.integer(), (drawn, seed) => {
        const order = Int32Array.from(drawn.keys()).sort((a, b) => Math.sin(a + seed) - Math.sin(b + seed));
        const table = tableOf(drawn);
        const shuffled = competitionOf(selectRows(table, order), model);
        expect(competitionOf(table, model)).toEqual(
          Float64Array.from(drawn, (_, i) => shuffled[order.indexOf(i)] as number),
        );
      }),
      { seed: 63, numRuns: 200 },
    );
  });

  test("adds nothing where the model does not know sources to be free of duplicates", () => {
    const table = tableOf([
      [0, 0, 3],
      [0, 1, 5],
    ]);
    const given = madeModel(settings, 5);
    expect([...competitionOf(table, given)]).toEqual([0, 0]);
    const weight = settleWeights([table], given).columns.find(({ name }) => name === "weight");
    expect(weight).toEqual(table.columns.find(({ name }) => name === "weight"));
  });
});
