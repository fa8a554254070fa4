import { expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { calibrationCertainty } from "./calibration-certainty.ts";
import { evaluate } from "./evaluate.ts";
import type { EntityMember } from "./grouping.ts";
import { recordKey, type Truth } from "./truth.ts";

/** Films of two catalogues, of which a linkage misses some and joins some with the film after. */
function linkedFilms(
  seed: number,
  count: number,
  missed: number,
  wrong: number,
): { members: EntityMember[]; truth: Truth } {
  const random = seededRandom(seed);
  const members: EntityMember[] = [];
  const clusters: [string, string][] = [];
  for (let film = 0; film < count; film++) {
    const entity = random.next() < wrong ? `e${film + 1}` : `e${film}`;
    const isMissed = random.next() < missed;
    for (const source of ["a", "b"]) {
      const member = { source, id: String(film), entity: source === "b" && isMissed ? `lost${film}` : entity };
      members.push(member);
      clusters.push([recordKey(member), `f${film}`]);
    }
  }
  return { members, truth: { kind: "clusters", clusterByRecord: new Map(clusters) } };
}

test("95 % intervals hold the true recall and precision of the kind in more than nine of ten samples, and nearly so where errors are rare", () => {
  const missed = 0.1;
  const wrong = 0.05;
  const large = linkedFilms(1, 100_000, missed, wrong);
  const { pairs: expected } = evaluate([], large.members, large.truth);
  let [recalls, precisions] = [0, 0];
  const samples = 120;
  for (let seed = 2; seed < samples + 2; seed++) {
    const { members, truth } = linkedFilms(seed, 300, missed, wrong);
    const { intervals } = evaluate([], members, truth);
    const holds = (interval: { low: number; high: number } | undefined, value: number): number =>
      interval !== undefined && interval.low <= value && value <= interval.high ? 1 : 0;
    recalls += holds(intervals?.recall, expected.recall);
    precisions += holds(intervals?.precision, expected.precision);
  }
  expect(recalls).toBeGreaterThanOrEqual(samples * 0.9);
  expect(precisions).toBeGreaterThanOrEqual(samples * 0.87);
});

test("intervals are the same whatever the order of records, and are not given for a handful", () => {
  const { members, truth } = linkedFilms(5, 200, 0.1, 0.05);
  expect(evaluate([], members.toReversed(), truth)).toEqual(evaluate([], members, truth));
  const few = linkedFilms(5, 4, 0.1, 0);
  expect(evaluate([], few.members, few.truth).intervals).toBeNull();
});

test("a linkage without a mistake is not called certain", () => {
  const { members, truth } = linkedFilms(5, 50, 0, 0);
  const { intervals } = evaluate([], members, truth);
  for (const { low, high } of Object.values(intervals ?? {})) {
    expect(high).toBe(1);
    expect(low).toBeLessThan(0.95);
    expect(low).toBeGreaterThan(0.85);
  }
});

test("one entity of all records costs no memory for its pairs", () => {
  const members = Array.from({ length: 100_000 }, (_, i) => ({
    source: i % 2 ? "a" : "b",
    id: String(i),
    entity: "one",
  }));
  const truth: Truth = {
    kind: "clusters",
    clusterByRecord: new Map(members.map((member) => [recordKey(member), `f${Math.floor(Number(member.id) / 2)}`])),
  };
  const { pairs } = evaluate([], members, truth);
  expect(pairs).toMatchObject({ truePositives: 50_000, falsePositives: 50_000 ** 2 - 50_000, falseNegatives: 0 });
});

test("calibration says how many pairs it stands on, and how wrong even right probabilities would look", () => {
  const random = seededRandom(3);
  const judged = (count: number, bend: (p: number) => number) =>
    Array.from({ length: count }, () => {
      const probability = 0.01 + 0.98 * random.next();
      return { probability, match: random.next() < bend(probability) };
    });
  const right = calibrationCertainty(judged(2_000, (p) => p));
  expect(right).toMatchObject({ calibrationPairs: 2_000, calibrationIsJudged: true });
  expect(right.calibrationInterval?.low).toBeLessThan(0.02);
  expect(right.calibrationByChance).toBeLessThan(0.04);
  const bent = calibrationCertainty(judged(2_000, (p) => p ** 3));
  expect(bent.calibrationInterval?.low).toBeGreaterThan(right.calibrationByChance);
  expect(calibrationCertainty(judged(299, (p) => p)).calibrationIsJudged).toBe(false);
});
