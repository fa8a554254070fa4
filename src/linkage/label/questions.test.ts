import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../base/index.ts";
import { packPattern } from "../classify/pattern.ts";
import { type AskedColumns, type PairPool, Questions } from "./index.ts";

/** Pairs of one type by how many there are of which rule, levels, weight and pool. */
interface Alike {
  readonly count: number;
  readonly rule?: number;
  readonly levels: readonly number[];
  readonly weight: number;
  readonly pool?: PairPool;
}

function columnsOf(alike: readonly Alike[]): AskedColumns {
  const all = alike.flatMap((one) => Array.from({ length: one.count }, () => one));
  return {
    type: new Uint8Array(all.length),
    rule: Int32Array.from(all, ({ rule = 0 }) => rule),
    pattern: Float64Array.from(all, ({ levels }) => packPattern(levels)),
    weight: Float64Array.from(all, ({ weight }) => weight),
    pools: (place) => all[place]?.pool ?? "other",
  };
}

const open = (columns: AskedColumns): Questions => new Questions(columns, [2], new Uint8Array(columns.rule.length));

describe("the next question", () => {
  test("is about the pairs in doubt, of which there are most", () => {
    const columns = columnsOf([
      { count: 500, levels: [2, 1], weight: 15 },
      { count: 3, levels: [1, 2], weight: 0 },
      { count: 90, levels: [2, 2], weight: 0.4 },
      { count: 500, levels: [1, 1], weight: -15 },
    ]);
    expect(open(columns).next()).toMatchObject({ why: "teaches", alike: 90, place: expect.any(Number) });
  });

  test("goes elsewhere once a group was answered, and never asks a pair twice", () => {
    const columns = columnsOf([
      { count: 40, rule: 0, levels: [2, 2], weight: 0 },
      { count: 36, rule: 1, levels: [1, 1], weight: 0 },
      { count: 32, rule: 2, levels: [3, 3], weight: 0 },
    ]);
    const asked = open(columns).take(108);
    expect(new Set(asked.map(({ place }) => place)).size).toBe(108);
    expect(asked.slice(0, 3).map(({ alike }) => alike)).toEqual([40, 36, 32]);
  });

  test("is the same for the same answers, and no pair that is closed", () => {
    const columns = columnsOf([
      { count: 30, levels: [2, 2], weight: 0.5, pool: "match" },
      { count: 30, levels: [1, 2], weight: -0.5, pool: "review" },
    ]);
    const closed = Uint8Array.from(columns.rule, (_, place) => place % 2);
    fc.assert(
      fc.property(fc.array(fc.option(fc.boolean(), { nil: null }), { maxLength: 12 }), (answers) => {
        const places = [0, 1].map(() => {
          const questions = new Questions(columns, [2], closed);
          return answers.map((answer) => {
            const { place } = questions.next() as { place: number };
            questions.answer(place, answer);
            return place;
          });
        });
        expect(places[0]).toEqual(places[1]);
        expect(places[0]?.every((place) => place % 2 === 0)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test("is null when every pair is labelled", () => {
    const questions = open(columnsOf([{ count: 2, levels: [1, 1], weight: 0 }]));
    for (const place of [0, 1]) questions.answer(place, true);
    expect(questions.next()).toBeNull();
  });
});

describe("what labels tell", () => {
  test("moves what is believed of all pairs that share a weight", () => {
    const columns = columnsOf([
      { count: 50, levels: [2, 2], weight: 0 },
      { count: 50, levels: [2, 1], weight: 0 },
      { count: 50, levels: [1, 3], weight: 0 },
    ]);
    const questions = open(columns);
    for (const place of [0, 1, 2, 3]) questions.answer(place, false);
    const believed = (from: number): number => {
      const one = questions.take(140).find(({ place }) => place >= from && place < from + 50);
      return one?.probability ?? Number.NaN;
    };
    expect(believed(50)).toBeLessThan(0.4);
  });

  test("is within the interval of the true precision about as often as it should be, though questions are not drawn evenly", () => {
    const groups: (Alike & { readonly truth: number })[] = [
      { count: 900, levels: [2, 2], weight: 12, pool: "match", truth: 0.99 },
      { count: 200, levels: [2, 1], weight: 4, pool: "match", truth: 0.9 },
      { count: 100, levels: [1, 2], weight: 0.5, pool: "match", truth: 0.4 },
      { count: 100, levels: [1, 1], weight: -1, pool: "review", truth: 0.3 },
    ];
    const columns = columnsOf(groups);
    let within = 0;
    const runs = 20;
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(run);
      const truth = groups.flatMap(({ count, truth: share }) =>
        Array.from({ length: count }, () => random.next() < share),
      );
      const questions = open(columns);
      for (let i = 0; i < 60; i++) {
        const { place } = questions.next() as { place: number };
        questions.answer(place, truth[place] as boolean);
      }
      const { precision, same, different } = questions.known();
      expect([same + different, precision?.covered]).toEqual([60, 1]);
      const right = truth.slice(0, 1200).filter(Boolean).length / 1200;
      if (precision?.interval && precision.interval.low <= right && right <= precision.interval.high) within++;
    }
    expect(within).toBeGreaterThanOrEqual(17);
  });

  test("is nothing before the first label, and unsure answers say nothing of a share", () => {
    const questions = open(columnsOf([{ count: 5, levels: [1, 1], weight: 3, pool: "match" }]));
    expect(questions.known()).toMatchObject({ same: 0, different: 0, precision: null, review: null });
    questions.answer(0, null);
    expect(questions.known()).toMatchObject({ unsure: 1, precision: null });
    questions.answer(1, true);
    expect(questions.known().precision).toMatchObject({ share: 1, covered: 1 });
  });
});
