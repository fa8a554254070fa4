import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { madeFields, profilesOf } from "../fixtures/made-records.ts";
import { inferLinkage } from "../infer-linkage.ts";
import { type Captures, mergeCaptures } from "./captures.ts";
import { estimateRecall } from "./estimate-recall.ts";

/** Two families: the title's rules, and those of the directors. */
const settings = inferLinkage({ entityType: "film", sources: ["a", "b"], fields: profilesOf(madeFields, ["a", "b"]) });
const [title, directors, both] = [1, 2, 3];

/** Matches of which families find each with the given shares, and what was captured of them. */
function world(seed: number, count: number, shares: readonly [number, number], poor: number): [Captures[], number] {
  const random = seededRandom(seed);
  const captures: Captures[] = [];
  let found = 0;
  for (let i = 0; i < count; i++) {
    const able = random.next() < poor ? title : both;
    const by = (random.next() < shares[0] ? title : 0) | (random.next() < shares[1] ? directors & able : 0);
    if (by === 0) continue;
    captures.push({ able, found: by, matches: 1 });
    found++;
  }
  return [mergeCaptures([captures]), found / count];
}

describe("the recall of blocking", () => {
  test("is near the truth where families miss independently, and nearly always in its interval", () => {
    const worlds = Array.from({ length: 200 }, (_, seed) =>
      world(seed, 1_500, [0.9 + (seed % 10) / 100, 0.8], (seed % 5) / 5),
    );
    const estimates = worlds.map(([captures, truth]) => ({ ...estimateRecall(captures, settings), truth }));
    const inside = estimates.filter(
      ({ interval, truth }) => interval !== null && truth >= interval.low && truth <= interval.high,
    );
    const error = estimates.reduce((sum, { recall, truth }) => sum + Math.abs((recall ?? 0) - truth), 0) / 200;
    expect(error).toBeLessThan(0.01);
    expect(inside.length).toBeGreaterThanOrEqual(190);
  });

  test("comes from what each family finds of the matches that the other found", () => {
    const captures = [
      { able: both, found: both, matches: 90 },
      { able: both, found: title, matches: 10 },
      { able: both, found: directors, matches: 30 },
      { able: title, found: title, matches: 75 },
    ];
    const { families, matches, recall, interval } = estimateRecall(captures, settings);
    expect(families).toMatchObject([
      { field: "title", found: 90, trials: 120 },
      { field: "directors", found: 90, trials: 100 },
    ]);
    expect(matches).toBe(205);
    // 130 of 130 / (1 - .25 * .1), and 75 of 75 / .75.
    expect(recall).toBeCloseTo(205 / (130 / 0.975 + 75 / 0.75), 2);
    expect(interval?.low).toBeLessThan(recall ?? 0);
    expect(interval?.high).toBeGreaterThan(recall ?? 1);
  });

  test("is not known where one field makes all rules, where there are few matches, and where most rest on an unchecked field", () => {
    const one = { ...settings, rules: settings.rules.filter(({ keys }) => keys[0]?.field === "title") };
    expect(estimateRecall([{ able: 1, found: 1, matches: 500 }], one)).toMatchObject({
      recall: null,
      why: expect.stringContaining("one field"),
    });
    expect(estimateRecall([], settings)).toMatchObject({ recall: null, why: expect.stringContaining("0 matches") });
    expect(estimateRecall([{ able: title, found: title, matches: 500 }], settings)).toMatchObject({
      recall: null,
      why: expect.stringContaining("100 %"),
    });
    // Rules that find nothing of what others found say nothing of what those miss.
    expect(estimateRecall([{ able: both, found: title, matches: 500 }], settings)).toMatchObject({
      recall: null,
      why: expect.stringContaining("100 %"),
    });
  });

  test("is a share within its interval, whatever was counted, and the same in whatever parts it was counted", () => {
    const capture = fc
      .record({ able: fc.integer({ min: 1, max: 3 }), found: fc.integer({ min: 1, max: 3 }), matches: fc.nat(300) })
      .map((one): Captures => ({ ...one, able: one.able | one.found }));
    fc.assert(
      fc.property(fc.array(capture), fc.array(capture), (first, second) => {
        const whole = mergeCaptures([[...first, ...second]]);
        expect(mergeCaptures([second, first])).toEqual(whole);
        const { recall, interval, why } = estimateRecall(whole, settings);
        expect(recall === null).toBe(why !== null);
        if (recall === null || interval === null) return;
        expect(0 <= interval.low && interval.low <= recall && recall <= interval.high && interval.high <= 1).toBe(true);
      }),
      { seed: 31, numRuns: 300 },
    );
  });
});
