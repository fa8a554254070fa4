import type { TaskEvent, WindowCommand, WindowEvent, WindowReport } from "./window-event.ts";
import { attemptOf, type DrainHow, type TaskPhase, type WindowOrder, type WindowState } from "./window-state.ts";

/** The next state of a window, what is asked of its host and what its run is told, in this order. */
export interface WindowAdvance {
  readonly window: WindowState;
  readonly commands: readonly (WindowCommand | WindowReport)[];
}

/** Opens a window and hands its tasks out; those that `isSettled` tells have an outcome from an earlier session. */
export function openWindow(order: WindowOrder, isSettled: (index: number) => boolean): WindowAdvance {
  const phases = Array.from(
    { length: order.end - order.start },
    (_, slot): TaskPhase => (isSettled(order.start + slot) ? "done" : "handed-out"),
  );
  const failures = new Array<number>(phases.length).fill(0);
  const openCount = phases.filter((phase) => phase === "handed-out").length;
  const window: WindowState = { order, phases, failures, openCount, draining: null, plan: null };
  const commands = indexesIn(window, "handed-out").map((index) => ({
    ...{ type: "start-task", step: order.step, index, attempt: 1 },
  })) as WindowCommand[];
  return { window, commands: openCount === 0 ? [...commands, closed(window)] : commands };
}

/** The machine of a window: pure. Stale and repeated events change nothing. */
export function advanceWindow(window: WindowState, event: WindowEvent): WindowAdvance {
  if (window.openCount === 0) return { window, commands: [] };
  const next = event.type === "drain" ? drain(window, event.how) : react(window, event);
  return next.window.openCount === window.openCount ? next : told(window, next);
}

/** Adds what the run must learn of a change in the number of open tasks. */
function told(before: WindowState, { window, commands }: WindowAdvance): WindowAdvance {
  if (window.openCount === 0) return { window, commands: [...commands, closed(window)] };
  if (Math.clz32(window.openCount) === Math.clz32(before.openCount)) return { window, commands };
  const { step, window: number } = window.order;
  const progress = { type: "window-progress", step, window: number, openCount: window.openCount } as const;
  return { window, commands: [...commands, progress] };
}

function closed({ order, phases, plan }: WindowState): WindowReport {
  const settledCount = phases.filter((phase) => phase === "done" || phase === "caught").length;
  const failing = phases.includes("failed");
  return { type: "window-closed", step: order.step, window: order.window, settledCount, failing, plan };
}

/** Gives up the tasks that wait for a further attempt, and asks those that are handed out back. */
function drain(before: WindowState, how: DrainHow): WindowAdvance {
  if (before.draining === how || before.draining === "cancel") return { window: before, commands: [] };
  const phases = before.phases.map((phase) => (phase === "backing-off" ? "dropped" : phase));
  const openCount = phases.filter((phase) => phase === "handed-out").length;
  const window = { ...before, phases, openCount, draining: how };
  const commands = indexesIn(window, "handed-out").map((index) => ({
    ...{ type: how === "cancel" ? ("cancel-task" as const) : ("withdraw-task" as const) },
    ...{ step: window.order.step, index, attempt: attemptOf(window, index) },
  }));
  return { window, commands };
}

function react(window: WindowState, event: TaskEvent): WindowAdvance {
  const slot = event.index - window.order.start;
  const failures = window.failures[slot] ?? 0;
  const expected: TaskPhase = event.type === "delay-over" ? "backing-off" : "handed-out";
  if (window.phases[slot] !== expected || event.attempt !== failures + 1) return { window, commands: [] };
  const phase = nextPhase(window, event, failures);
  const next = settle(window, slot, phase, event.type === "task-failed" ? failures + 1 : failures);
  const planned = event.type === "task-done" && event.plan !== undefined ? { ...next, plan: event.plan } : next;
  return { window: planned, commands: commandsOf(window, event, phase, failures) };
}

function nextPhase({ order, draining }: WindowState, event: TaskEvent, failures: number): TaskPhase {
  if (event.type === "task-done") return "done";
  if (event.type === "task-withdrawn") return "dropped";
  if (event.type === "delay-over") return "handed-out";
  if (event.fatal || failures >= order.retry.count)
    return order.catches && event.uncatchable !== true ? "caught" : "failed";
  return draining === null ? "backing-off" : "dropped";
}

function commandsOf(
  { order }: WindowState,
  { step, index, attempt }: TaskEvent,
  phase: TaskPhase,
  failures: number,
): (WindowCommand | WindowReport)[] {
  switch (phase) {
    case "handed-out":
      return [{ type: "start-task", step, index, attempt }];
    case "backing-off": {
      const delayMs = Math.min(order.retry.backoffMs * 2 ** failures, order.retry.backoffLimitMs);
      return [{ type: "delay-task", step, index, attempt: attempt + 1, delayMs }];
    }
    case "caught":
      return [{ type: "catch-task", step, index, attempt }];
    case "failed":
      return [{ type: "window-failing", step, window: order.window }];
    default:
      return [];
  }
}

function settle(window: WindowState, slot: number, phase: TaskPhase, failures: number): WindowState {
  const isOpen = phase === "backing-off" || phase === "handed-out";
  return {
    ...window,
    phases: window.phases.with(slot, phase),
    failures: failures === window.failures[slot] ? window.failures : window.failures.with(slot, failures),
    openCount: window.openCount - (isOpen ? 0 : 1),
  };
}

function indexesIn({ order, phases }: WindowState, wanted: TaskPhase): number[] {
  return phases.flatMap((phase, slot) => (phase === wanted ? [order.start + slot] : []));
}
