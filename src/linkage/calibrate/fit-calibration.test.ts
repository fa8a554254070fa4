import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { reliability } from "../evaluate/index.ts";
import { calibrate, fitCalibration, type LabelledWeight } from "./index.ts";

const labels = fc.array(
  fc.record({ weight: fc.integer({ min: -120, max: 120 }).map((tenth) => tenth / 4), match: fc.boolean() }),
  { maxLength: 400 },
);

/** Pairs whose odds are really what `truth` makes of their weights. */
function drawn(count: number, seed: number, truth: (weight: number) => number): LabelledWeight[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const weight = random.next() * 24 - 12;
    return { weight, match: random.next() < probability(truth(weight)) };
  });
}

const probability = (weight: number): number => 1 / (1 + 2 ** -weight);

const errorOf = (pairs: readonly LabelledWeight[], map: (weight: number) => number): number =>
  reliability(pairs.map(({ weight, match }) => ({ probability: probability(map(weight)), match }))).calibrationError;

describe("a calibration", () => {
  test("never falls, whatever the labels say, and rises beyond them", () => {
    fc.assert(
      fc.property(labels, (labelled) => {
        const fitted = fitCalibration(labelled);
        for (let weight = -40; weight < 40; weight += 0.25)
          expect(calibrate(fitted, weight + 0.25)).toBeGreaterThanOrEqual(calibrate(fitted, weight));
        for (const weight of [-41, -31, 30.5, 40])
          expect(calibrate(fitted, weight + 0.25)).toBeGreaterThan(calibrate(fitted, weight));
      }),
      { seed: 90, numRuns: 150 },
    );
  });

  test("does not depend on the order of labels", () => {
    fc.assert(
      fc.property(labels, (labelled) => {
        expect(fitCalibration(labelled.toReversed())).toEqual(fitCalibration(labelled));
      }),
      { seed: 91, numRuns: 100 },
    );
  });

  test("leaves every weight as it was where there are no labels", () => {
    const fitted = fitCalibration([]);
    for (const weight of [-30, -1.5, 0, 0.25, 60]) expect(calibrate(fitted, weight)).toBe(weight);
  });

  test("is as good in the gray zone where nearly all pairs are certain", () => {
    const truth = (weight: number): number => weight / 2 + 1;
    const certain = (seed: number): LabelledWeight[] =>
      Array.from({ length: 200_000 }, (_, i) => ({ weight: -30 - (i % 50) / 10 - seed / 100, match: false }));
    const fitted = fitCalibration([...drawn(4000, 5, truth), ...certain(1)]);
    const others = [...drawn(20_000, 6, truth), ...certain(2)];
    expect(errorOf(others, (weight) => calibrate(fitted, weight))).toBeLessThan(0.03);
  });

  test("keeps to the line where nearly all labels are told apart: a few doubtful pairs among certain ones bend nothing", () => {
    const certain = Array.from({ length: 600 }, (_, i) => ({ weight: -9 - (i % 40) / 40, match: false }));
    const found = Array.from({ length: 80 }, (_, i) => ({ weight: 6 + (i % 40) / 40, match: true }));
    const doubtful = [-4, -3, -2.5, -1, 1.2].map((weight) => ({ weight, match: false }));
    const others = [-0.5, 0.8, 1.3, 1.4, 2.5, 3].map((weight) => ({ weight, match: true }));
    const fitted = fitCalibration([...certain, ...found, ...doubtful, ...others]);
    for (let weight = -9; weight <= 7; weight += 0.5)
      expect(Math.abs(calibrate(fitted, weight) - (fitted.slope * weight + fitted.shift))).toBeLessThan(1);
  });

  test("moves little for a handful of labels, and all the way for many", () => {
    const truth = (weight: number): number => weight - 4;
    const few = calibrate(fitCalibration(drawn(6, 1, truth)), 4);
    const many = calibrate(fitCalibration(drawn(4000, 2, truth)), 4);
    expect(Math.abs(few - 4)).toBeLessThan(4);
    expect(many).toBeGreaterThan(-0.5);
    expect(many).toBeLessThan(0.5);
  });

  test.for([
    ["too sure", (weight: number): number => weight / 3],
    ["shifted", (weight: number): number => weight + 3],
    ["bent", (weight: number): number => (weight < 0 ? weight / 4 : 2 * weight)],
  ] as const)("makes probabilities right on other pairs of a model that is %s", ([, truth]) => {
    const fitted = fitCalibration(drawn(5000, 3, truth));
    const others = drawn(20_000, 4, truth);
    expect(errorOf(others, (weight) => weight)).toBeGreaterThan(0.05);
    expect(errorOf(others, (weight) => calibrate(fitted, weight))).toBeLessThan(0.03);
  });
});
