import { expect, test } from "vitest";
import type { StepGraph } from "../step-graph.ts";
import type { SchedulerCommand, SchedulerEvent } from "./event.ts";
import { graphOf, node } from "./fixtures/worlds.ts";
import { advanceRun } from "./run/advance-run.ts";
import type { RunEvent } from "./run/run-event.ts";
import { initialRunState } from "./run/run-state.ts";
import { advance, initialState } from "./scheduler.ts";

/** Tells the scheduler of a new run one event after the other; gives the commands that followed each. */
function driven(graph: StepGraph): (event: SchedulerEvent) => SchedulerCommand[] {
  let state = initialState(graph);
  return (event) => {
    const next = advance(graph, state, event);
    state = next.state;
    return [...next.commands];
  };
}

const brief = (commands: readonly SchedulerCommand[]): string[] =>
  commands.map((command) =>
    [command.type, "step" in command ? command.step : "", "index" in command ? command.index : ""].join(" ").trim(),
  );

test("a failed task waits longer before each further attempt, up to the limit, and is given up after the last", () => {
  const tell = driven(graphOf([node("a", "single", { retry: { count: 3, backoffMs: 100, backoffLimitMs: 300 } })]));
  tell({ type: "run-begun" });
  const delays: unknown[] = [];
  for (let attempt = 1; attempt <= 4; attempt++) {
    const task = { step: "a", index: 0, attempt };
    const commands = tell({ type: "task-failed", ...task, fatal: false });
    delays.push(...commands.map((command) => (command.type === "delay-task" ? command.delayMs : command.type)));
    tell({ type: "delay-over", ...task, attempt: attempt + 1 });
  }
  expect(delays).toEqual([100, 200, 300, "close-window", "end-run"]);
});

test("running siblings of a failed task end before the run ends, and nothing new is handed out", () => {
  const tell = driven(graphOf([node("a", "foreach"), node("b", "single", { after: ["a"] })]));
  tell({ type: "run-begun" });
  tell({ type: "task-done", step: "a", index: -1, attempt: 1, plan: { width: 2, skipped: false } });
  expect(brief(tell({ type: "task-failed", step: "a", index: 0, attempt: 1, fatal: true }))).toEqual([
    "withdraw-task a 1",
  ]);
  expect(brief(tell({ type: "task-done", step: "a", index: 1, attempt: 1 }))).toEqual(["close-window a", "end-run"]);
});

test("branches run side by side, and a join waits for all of them", () => {
  const steps = [node("a", "single"), node("b", "single"), node("join", "single", { after: ["a", "b"] })];
  const tell = driven(graphOf(steps));
  expect(brief(tell({ type: "run-begun" })).filter((each) => each.startsWith("start"))).toEqual([
    "start-task a 0",
    "start-task b 0",
  ]);
  tell({ type: "task-done", step: "a", index: 0, attempt: 1 });
  expect(brief(tell({ type: "step-closed", step: "a" }))).toEqual([]);
  tell({ type: "task-done", step: "b", index: 0, attempt: 1 });
  expect(brief(tell({ type: "step-closed", step: "b" }))).toEqual(["open-window join", "start-task join 0"]);
});

test("a step whose condition does not hold is closed without a task, and the steps after it go on", () => {
  const steps = [node("a", "single", { conditional: true }), node("b", "single", { after: ["a"] })];
  const tell = driven(graphOf(steps));
  expect(brief(tell({ type: "run-begun" }))).toEqual(["open-window a", "start-task a -1"]);
  const plan = { width: 0, skipped: true };
  const commands = tell({ type: "task-done", step: "a", index: -1, attempt: 1, plan });
  expect(commands.at(-1)).toEqual({ type: "close-step", step: "a", skipped: true });
  expect(brief(tell({ type: "step-closed", step: "a" }))).toEqual(["open-window b", "start-task b 0"]);
});

test("a failure of the last attempt is caught where the step says so, but not that of its plan, nor a spent budget", () => {
  const graph = graphOf([node("a", "foreach", { catches: true })]);
  const tell = driven(graph);
  tell({ type: "run-begun" });
  tell({ type: "task-done", step: "a", index: -1, attempt: 1, plan: { width: 2, skipped: false } });
  const failed = { type: "task-failed", step: "a", attempt: 1, fatal: true } as const;
  expect(brief(tell({ ...failed, index: 0 }))).toEqual(["catch-task a 0"]);
  expect(brief(tell({ ...failed, index: 1, uncatchable: true }))).toEqual(["close-window a", "end-run"]);
  const other = driven(graph);
  other({ type: "run-begun" });
  expect(brief(other({ ...failed, index: -1 }))).toEqual(["close-window a", "end-run"]);
});

test("a stop asks every task back, also those that a failing run let go on", () => {
  const tell = driven(graphOf([node("a", "foreach")]));
  tell({ type: "run-begun" });
  tell({ type: "task-done", step: "a", index: -1, attempt: 1, plan: { width: 3, skipped: false } });
  tell({ type: "task-failed", step: "a", index: 0, attempt: 1, fatal: true });
  expect(brief(tell({ type: "stop" }))).toEqual(["cancel-task a 1", "cancel-task a 2"]);
  tell({ type: "task-withdrawn", step: "a", index: 1, attempt: 1 });
  expect(tell({ type: "task-withdrawn", step: "a", index: 2, attempt: 1 }).at(-1)).toEqual({
    type: "end-run",
    status: "failed",
  });
});

test("a run that ends tries nothing again: neither what fails now, nor what waits for its next attempt", () => {
  const retry = { count: 3, backoffMs: 100, backoffLimitMs: 300 };
  const tell = driven(graphOf([node("a", "foreach", { retry })]));
  tell({ type: "run-begun" });
  tell({ type: "task-done", step: "a", index: -1, attempt: 1, plan: { width: 3, skipped: false } });
  const failed = { type: "task-failed", step: "a", attempt: 1 } as const;
  expect(brief(tell({ ...failed, index: 0, fatal: false }))).toEqual(["delay-task a 0"]);
  expect(brief(tell({ type: "stop" }))).toEqual(["cancel-task a 1", "cancel-task a 2"]);
  expect(tell({ type: "delay-over", step: "a", index: 0, attempt: 2 })).toEqual([]);
  expect(tell({ ...failed, index: 1, fatal: false })).toEqual([]);
  expect(tell({ ...failed, index: 2, fatal: false }).at(-1)).toEqual({ type: "end-run", status: "interrupted" });
});

test("a report of progress that was overtaken by a later one opens and closes nothing", () => {
  const graph = graphOf([node("a", "foreach")]);
  const plan = { width: 5_000, skipped: false };
  let { state } = advanceRun(graph, initialRunState(graph, new Map()), { type: "run-begun" });
  const tell = (event: RunEvent): readonly unknown[] => {
    const next = advanceRun(graph, state, event);
    state = next.state;
    return next.commands;
  };
  const opened = tell({ type: "window-closed", step: "a", window: -1, settledCount: 1, failing: false, plan });
  expect(opened).toHaveLength(2);
  const progress = { type: "window-progress", step: "a", window: 0 } as const;
  expect(tell({ ...progress, openCount: 200 })).toEqual([]);
  expect(tell({ ...progress, openCount: 250 })).toEqual([]);
  expect(state.steps.get("a")?.open.get(0)).toBe(200);
  expect(tell({ ...progress, window: 1, openCount: 300 })).toMatchObject([{ type: "open-window", window: 2 }]);
});
