import type { StepGraph, StepNode } from "../step-graph.ts";
import { expansionIndex, type SchedulerCommand, type SchedulerEvent, type TaskAddress } from "./event.ts";
import type { RunState, StepState } from "./run-state.ts";
import { beginStep, fillWindows } from "./step-machine.ts";
import { advanceWindow, attemptOf, drainWindow, type WindowEffect, type WindowEvent } from "./window.ts";

/** The next state of a run, and what is asked of the host, in this order. */
export interface Advance {
  readonly state: RunState;
  readonly commands: readonly SchedulerCommand[];
}

type TaskEvent = Extract<SchedulerEvent, TaskAddress>;

/**
 * The scheduler: pure, so every host (this machine, Temporal) drives the same one and a test can drive it through any order
 * of events. Stale and repeated events change nothing.
 */
export function advance(graph: StepGraph, state: RunState, event: SchedulerEvent): Advance {
  if (state.phase === "ended") return { state, commands: [] };
  const next = react(graph, state, event);
  const ended = endOf(next.state);
  if (ended === null) return next;
  const commands = [...next.commands, { type: "end-run" as const, status: ended }];
  return { state: { ...next.state, phase: "ended" }, commands };
}

function react(graph: StepGraph, state: RunState, event: SchedulerEvent): Advance {
  switch (event.type) {
    case "run-begun":
      return beginReadySteps(graph, state);
    case "stop":
      return drain(state, state.phase === "failing" ? "failing" : "stopping", "cancel-task");
    case "step-closed":
      return closeStep(graph, state, event.step);
    case "step-broken":
      return breakStep(state, event.step);
    default:
      return reactToTask(graph, state, event);
  }
}

function beginReadySteps(graph: StepGraph, state: RunState): Advance {
  if (state.phase !== "running") return { state, commands: [] };
  const steps = new Map(state.steps);
  const commands: SchedulerCommand[] = [];
  for (const node of graph.steps) {
    const step = steps.get(node.name);
    if (step?.phase !== "waiting" || !node.after.every((name) => steps.get(name)?.phase === "done")) continue;
    const begun = beginStep(node, step);
    steps.set(node.name, begun.step);
    commands.push(...begun.commands);
  }
  return { state: { ...state, steps }, commands };
}

function closeStep(graph: StepGraph, state: RunState, name: string): Advance {
  const step = state.steps.get(name);
  if (step?.phase !== "closing") return { state, commands: [] };
  return beginReadySteps(graph, withStep(state, name, { ...step, phase: "done", windows: [] }));
}

function breakStep(state: RunState, name: string): Advance {
  const step = state.steps.get(name);
  if (step?.phase !== "closing") return { state, commands: [] };
  return drain(withStep(state, name, { ...step, phase: "failed" }), "failing", "withdraw-task");
}

function reactToTask(graph: StepGraph, state: RunState, event: TaskEvent): Advance {
  const node = graph.steps.find((step) => step.name === event.step);
  const step = state.steps.get(event.step);
  const window = step?.windows.find(
    (each) => event.index >= each.start && event.index < each.start + each.phases.length,
  );
  if (node === undefined || step === undefined || window === undefined) return { state, commands: [] };
  const draining = state.phase !== "running";
  const after = advanceWindow(window, event, windowEvent(event), node.retry, draining);
  if (after.effect.type === "ignored") return { state, commands: [] };
  const windows = step.windows.map((each) => (each === window ? after.window : each));
  const width = event.type === "task-done" ? (event.width ?? 0) : 0;
  return follow(node, withStep(state, event.step, { ...step, windows }), event, after.effect, width);
}

function follow(node: StepNode, state: RunState, event: TaskEvent, effect: WindowEffect, width: number): Advance {
  const step = state.steps.get(node.name) as StepState;
  const address = { step: event.step, index: event.index };
  switch (effect.type) {
    case "done":
      return taskDone(node, state, step, event.index, width);
    case "failed":
      return drain(withStep(state, node.name, { ...step, phase: "failed" }), "failing", "withdraw-task");
    case "delayed":
      return {
        state,
        commands: [{ type: "delay-task", ...address, attempt: event.attempt + 1, delayMs: effect.delayMs }],
      };
    case "handed-out":
      return { state, commands: [{ type: "start-task", ...address, attempt: event.attempt }] };
    default:
      return { state, commands: [] };
  }
}

function taskDone(node: StepNode, state: RunState, step: StepState, index: number, width: number): Advance {
  const isExpansion = index === expansionIndex;
  const counted: StepState = isExpansion
    ? { ...step, phase: "running", width, windows: [] }
    : { ...step, doneCount: step.doneCount + 1 };
  if (state.phase !== "running") return { state: withStep(state, node.name, counted), commands: [] };
  const filled = fillWindows(node, counted);
  return { state: withStep(state, node.name, filled.step), commands: filled.commands };
}

/** Turns to ending: waiting tasks are dropped, those handed out are asked back. */
function drain(state: RunState, phase: "failing" | "stopping", ask: "withdraw-task" | "cancel-task"): Advance {
  const commands: SchedulerCommand[] = [];
  const steps = new Map<string, StepState>();
  for (const [name, step] of state.steps) {
    const drained = step.windows.map(drainWindow);
    steps.set(name, { ...step, windows: drained.map((each) => each.window) });
    for (const { window, handedOut } of drained) {
      for (const index of handedOut) commands.push({ type: ask, step: name, index, attempt: attemptOf(window, index) });
    }
  }
  return { state: { phase, steps }, commands };
}

function endOf(state: RunState): "done" | "failed" | "interrupted" | null {
  const steps = [...state.steps.values()];
  if (steps.every((step) => step.phase === "done")) return "done";
  if (state.phase === "running") return null;
  const isBusy = steps.some((step) => step.phase === "closing" || step.windows.some((window) => window.openCount > 0));
  if (isBusy) return null;
  return state.phase === "failing" ? "failed" : "interrupted";
}

function windowEvent(event: TaskEvent): WindowEvent {
  switch (event.type) {
    case "task-done":
      return { type: "done" };
    case "task-failed":
      return { type: "failed", fatal: event.fatal };
    case "task-withdrawn":
      return { type: "withdrawn" };
    case "delay-over":
      return { type: "delay-over" };
  }
}

function withStep(state: RunState, name: string, step: StepState): RunState {
  return { ...state, steps: new Map(state.steps).set(name, step) };
}
