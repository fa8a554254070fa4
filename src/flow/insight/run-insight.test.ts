import fc from "fast-check";
import { expect, test } from "vitest";
import { type MadeAttempt, madeMs, madeRun } from "./fixtures/made-run.ts";
import { insightOf } from "./run-insight.ts";
import { timeLineOf } from "./time-line.ts";

const even = (from: number, pairs: number): MadeAttempt[] => [
  { from, to: from + pairs / 10, cpuSeconds: pairs / 10_000, peakMiB: 300, facts: { pairs, rows: 100 } },
];

const skewed = madeRun({
  plan: { plan: [{ from: 0, to: 100 }] },
  match: {
    "(items)": [{ from: 100, to: 110 }],
    "film-0": even(110, 1_000),
    "film-1": even(110, 1_100),
    "film-2": even(110, 900),
    "film-3": [
      {
        ...(even(110, 12_000)[0] as MadeAttempt),
        facts: { pairs: 12_000, rows: 130, largestBlock: { key: "mother", rows: 110 } },
      },
    ],
  },
});

test("skew is told with its key, how many times the median it is, its cause and the block that made it", () => {
  const match = insightOf(skewed, 0).steps[1];
  expect(match?.skew).toMatchObject({
    key: "film-3",
    tookMs: 1_200,
    cause: { measure: "pairs", amount: 12_000 },
    largestBlock: { key: "mother", rows: 110 },
  });
  expect(match?.skew?.timesMedian).toBeCloseTo(12, 0);
  expect(match?.times).toMatchObject({ count: 4, max: 1_200 });
});

test("tasks of one size are no skew", () => {
  const run = madeRun({ match: { a: even(0, 1_000), b: even(0, 1_050), c: even(0, 1_000), d: even(0, 950) } });
  expect(insightOf(run, 0).steps[1]?.skew).toBeNull();
});

test("a task that only waited has no cause: nothing of it is more than of the others", () => {
  const waits = { from: 0, to: 5_000, cpuSeconds: 0.1, facts: { pairs: 1_000 } };
  const run = madeRun({ match: { a: even(0, 1_000), b: even(0, 1_000), c: [waits], d: even(0, 1_000) } });
  expect(insightOf(run, 0).steps[1]?.skew).toMatchObject({ key: "c", cause: null });
});

test("memory that is declared and not used, or nearly used up, is suggested otherwise", () => {
  const flags = (peakMiB: number): string[] =>
    insightOf(madeRun({ match: { a: [{ from: 0, to: 1_000, peakMiB }] } }), 0).suggestions.map(({ flag }) => flag);
  expect(flags(300)).toEqual(["--with match.memoryMiB=384"]);
  expect(flags(1_000)).toEqual(["--with match.memoryMiB=1280"]);
  expect(flags(700)).toEqual([]);
});

test("cores that a step keeps busy beyond what it declares are suggested", () => {
  const run = madeRun({ plan: { plan: [{ from: 0, to: 1_000, cpuSeconds: 3.9 }] } });
  expect(insightOf(run, 0).suggestions).toMatchObject([{ flag: "--with plan.cpu=4", declared: 1, used: 3.9 }]);
});

test("what still runs is told up to now", () => {
  const run = { ...madeRun({ plan: { plan: [{ from: 0, to: 10 }] } }), endedMs: null, status: "running" as const };
  expect(insightOf(run, madeMs + 500).tookMs).toBe(500);
});

test("on a time line no attempt covers another, and there are no more lines than ran at a time", () => {
  const attempt = fc.record({ from: fc.nat(1_000), took: fc.integer({ min: 1, max: 300 }) });
  fc.assert(
    fc.property(fc.array(attempt, { minLength: 1, maxLength: 60 }), (given) => {
      const tasks = given.map(({ from, took }, place) => [`k${place}`, [{ from, to: from + took }]]);
      const { lanes, spanMs } = timeLineOf(madeRun({ match: Object.fromEntries(tasks) }), 0);
      const [lane] = lanes;
      if (lane === undefined) throw new Error("no lane");
      expect(lane.keys.toSorted()).toEqual(tasks.map(([key]) => key).toSorted());
      const spans = lane.startMs.map((start, place) => ({
        start,
        end: lane.endMs[place] as number,
        line: lane.lines[place] as number,
      }));
      const meet = (a: (typeof spans)[number], b: (typeof spans)[number]): boolean =>
        a.start < b.end && b.start < a.end;
      for (const a of spans) {
        expect(spans.filter((b) => b !== a && b.line === a.line && meet(a, b))).toEqual([]);
        expect(a.end).toBeLessThanOrEqual(spanMs);
      }
      const most = Math.max(...spans.map((a) => spans.filter((b) => b.start <= a.start && a.start < b.end).length));
      expect(lane.lineCount).toBe(most);
    }),
    { seed: 7 },
  );
});

test("attempts that took no time and began together are drawn on lines of their own", () => {
  const instant = [{ from: 5, to: 5 }];
  const [lane] = timeLineOf(madeRun({ match: { a: instant, b: instant, c: [{ from: 6, to: 7 }] } }), 0).lanes;
  expect(lane).toMatchObject({ keys: ["a", "b", "c"], lines: [0, 1, 0], lineCount: 2 });
});
