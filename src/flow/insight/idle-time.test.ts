import { expect, test } from "vitest";
import { madeMs, madeRun } from "./fixtures/made-run.ts";
import { idleTimeMs } from "./idle-time.ts";

const after = madeMs + 60_000;

test("a run that is held and of which nothing runs has been idle since its last attempt ended, or since it was made", () => {
  const run = { ...madeRun({ plan: { plan: [{ from: 0, to: 10_000 }] } }), status: "running" as const };
  expect(idleTimeMs(run, after)).toBe(50_000);
  expect(idleTimeMs({ ...madeRun({}), status: "running" }, after)).toBe(60_000);
});

test("a run is not idle while an attempt runs, nor when it is over", () => {
  const running = madeRun({ plan: { plan: [{ from: 0, to: 10_000, status: "running" }] } });
  expect(idleTimeMs({ ...running, status: "running" }, after)).toBeNull();
  expect(idleTimeMs(madeRun({ plan: { plan: [{ from: 0, to: 10_000 }] } }), after)).toBeNull();
});
