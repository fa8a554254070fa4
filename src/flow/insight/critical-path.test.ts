import fc from "fast-check";
import { expect, test } from "vitest";
import { flow } from "../flow.ts";
import { criticalPath, stretchesOf } from "./critical-path.ts";
import { type MadeAttempt, type MadeTasks, madeMs, madeRun } from "./fixtures/made-run.ts";
import { spanMs, spansOf } from "./spans.ts";

function pathOf(tasks: MadeTasks, graph?: Parameters<typeof madeRun>[1]) {
  const run = madeRun(tasks, graph);
  return criticalPath(run, spansOf(run, 0)).map(({ span, waitedFor, waitMs }) => [span.key, waitedFor, waitMs]);
}

test("the path leads from the start over the slowest task to the end, and says what each link waited for", () => {
  const tasks = {
    plan: { plan: [{ from: 10, to: 100 }] },
    match: { "(items)": [{ from: 101, to: 110 }], a: [{ from: 112, to: 900 }], b: [{ from: 112, to: 300 }] },
    publish: { publish: [{ from: 905, to: 1_000 }] },
  };
  expect(pathOf(tasks)).toEqual([
    ["plan", "start", 10],
    ["(items)", "dependency", 1],
    ["a", "dependency", 2],
    ["publish", "dependency", 5],
  ]);
});

test("a task that began when another ended waited for a worker; the path goes through the other", () => {
  const tasks = {
    plan: { plan: [{ from: 0, to: 100 }] },
    match: { "(items)": [{ from: 100, to: 110 }], a: [{ from: 110, to: 700 }], b: [{ from: 701, to: 1_500 }] },
  };
  expect(pathOf(tasks).slice(-2)).toEqual([
    ["a", "dependency", 0],
    ["b", "worker", 1],
  ]);
});

test("a task that declares memory and began late while cores were free waited for a resource", () => {
  const graph = flow("made")
    .step("wide", { cpu: 4 }, () => null)
    .step("big", { after: [], memoryMiB: 4_096 }, () => null)
    .step("bigger", { after: [], memoryMiB: 4_096 }, () => null).graph;
  const tasks = {
    wide: { wide: [{ from: 0, to: 50 }] },
    big: { big: [{ from: 60, to: 600 }] },
    bigger: { bigger: [{ from: 602, to: 900 }] },
  };
  expect(pathOf(tasks, graph).at(-1)).toEqual(["bigger", "resource", 2]);
});

test("a second attempt waited for its back-off after the first", () => {
  const attempts: MadeAttempt[] = [
    { from: 0, to: 100, status: "failed" },
    { from: 1_100, to: 1_300 },
  ];
  expect(pathOf({ plan: { plan: attempts } })).toEqual([
    ["plan", "start", 0],
    ["plan", "back-off", 1_000],
  ]);
});

const attempt = fc.record({ from: fc.nat(5_000), took: fc.nat(800) });

test("whatever ran when, the links do not overlap, and their waits and works add up to the whole time", () => {
  const key = fc.constantFrom("(items)", ..."abcdefghij");
  const tasks = fc.dictionary(key, fc.array(attempt, { minLength: 1, maxLength: 3 }), { maxKeys: 11 });
  fc.assert(
    fc.property(fc.record({ plan: tasks, match: tasks, publish: tasks }), (given) => {
      const run = madeRun(
        Object.fromEntries(
          Object.entries(given).map(([step, byKey]) => [
            step,
            Object.fromEntries(
              Object.entries(byKey).map(([name, all]) => [
                name,
                all.map(({ from, took }) => ({ from, to: from + took })),
              ]),
            ),
          ]),
        ),
      );
      const spans = spansOf(run, 0);
      const links = criticalPath(run, spans);
      const total = links.reduce((sum, { span, waitMs }) => sum + waitMs + spanMs(span), 0);
      const lastMs = Math.max(madeMs, ...spans.map(({ endMs }) => endMs));
      expect(total).toBe(lastMs - madeMs);
      for (const { waitMs } of links) expect(waitMs).toBeGreaterThanOrEqual(0);
      const stretches = stretchesOf(links);
      const told = stretches.flatMap(({ workMs, waitMs }) => [workMs, ...Object.values(waitMs)]);
      expect(told.reduce((sum, ms) => sum + ms, 0)).toBe(total);
    }),
    { seed: 1701 },
  );
});
