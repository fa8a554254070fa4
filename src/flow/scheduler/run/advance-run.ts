import type { StepGraph } from "../../step-graph.ts";
import { planWindow } from "../address.ts";
import type { WindowReport } from "../window/window-event.ts";
import { beginStep, openWindows } from "./open-windows.ts";
import type { RunCommand, RunEvent } from "./run-event.ts";
import type { RunState, StepState } from "./run-state.ts";

/** The next state of a run, and what is asked of the host, in this order. */
export interface RunAdvance {
  readonly state: RunState;
  readonly commands: readonly RunCommand[];
}

/**
 * The machine of a run's steps: pure, so every host drives the same one, and small, since of tasks it sees only the
 * summaries of windows. Stale and repeated events change nothing.
 */
export function advanceRun(graph: StepGraph, state: RunState, event: RunEvent): RunAdvance {
  if (state.phase === "ended") return { state, commands: [] };
  const next = react(graph, state, event);
  const status = endOf(next.state);
  if (status === null) return next;
  return { state: { ...next.state, phase: "ended" }, commands: [...next.commands, { type: "end-run", status }] };
}

function react(graph: StepGraph, state: RunState, event: RunEvent): RunAdvance {
  switch (event.type) {
    case "run-begun":
      return beginReadySteps(graph, state);
    case "stop":
      return drain(state, state.phase === "failing" ? "failing" : "stopping", "cancel");
    case "step-closed":
      return settleStep(graph, state, event.step, "done");
    case "step-broken":
      return settleStep(graph, state, event.step, "failed");
    default:
      return reactToWindow(state, event);
  }
}

function beginReadySteps(graph: StepGraph, state: RunState): RunAdvance {
  if (state.phase !== "running") return { state, commands: [] };
  const steps = new Map(state.steps);
  const commands: RunCommand[] = [];
  for (const node of graph.steps) {
    const step = steps.get(node.name);
    if (step?.phase !== "waiting" || !node.after.every((name) => steps.get(name)?.phase === "done")) continue;
    const begun = beginStep(node, step);
    steps.set(node.name, begun.step);
    commands.push(...begun.commands);
  }
  return { state: { ...state, steps }, commands };
}

function settleStep(graph: StepGraph, state: RunState, name: string, phase: "done" | "failed"): RunAdvance {
  const step = state.steps.get(name);
  if (step?.phase !== "closing") return { state, commands: [] };
  const settled = withStep(state, name, { ...step, phase });
  return phase === "done" ? beginReadySteps(graph, settled) : drain(settled, "failing", "withdraw");
}

function reactToWindow(state: RunState, report: WindowReport): RunAdvance {
  const step = state.steps.get(report.step);
  const openCount = step?.open.get(report.window);
  if (step === undefined || openCount === undefined) return { state, commands: [] };
  if (report.type === "window-failing")
    return drain(withStep(state, report.step, { ...step, phase: "failed" }), "failing", "withdraw");
  if (report.type === "window-progress" && report.openCount >= openCount) return { state, commands: [] };
  const after = report.type === "window-progress" ? progressed(step, report) : closed(step, report);
  if (report.type === "window-closed" && report.failing)
    return drain(withStep(state, report.step, { ...after, phase: "failed" }), "failing", "withdraw");
  if (state.phase !== "running") return { state: withStep(state, report.step, after), commands: [] };
  const opened = openWindows(report.step, after);
  return { state: withStep(state, report.step, opened.step), commands: opened.commands };
}

function progressed(step: StepState, { window, openCount }: Extract<WindowReport, { openCount: number }>): StepState {
  return { ...step, open: new Map(step.open).set(window, openCount) };
}

function closed(step: StepState, report: Extract<WindowReport, { settledCount: number }>): StepState {
  const open = new Map(step.open);
  open.delete(report.window);
  if (report.window === planWindow)
    return report.plan === null ? { ...step, open } : { ...step, open, phase: "running", plan: report.plan };
  const settledNow = report.settledCount - (step.settledBefore.get(report.window) ?? 0);
  return { ...step, open, settledCount: step.settledCount + settledNow };
}

/** Turns to ending: every open window is asked to come to its end. */
function drain(state: RunState, phase: "failing" | "stopping", how: "withdraw" | "cancel"): RunAdvance {
  const commands: RunCommand[] = [];
  for (const [step, { open }] of state.steps) {
    for (const window of open.keys()) commands.push({ type: "drain-window", step, window, how });
  }
  return { state: { ...state, phase }, commands };
}

function endOf(state: RunState): "done" | "failed" | "interrupted" | null {
  const steps = [...state.steps.values()];
  if (steps.every((step) => step.phase === "done")) return "done";
  if (state.phase === "running") return null;
  if (steps.some((step) => step.phase === "closing" || step.open.size > 0)) return null;
  return state.phase === "failing" ? "failed" : "interrupted";
}

function withStep(state: RunState, name: string, step: StepState): RunState {
  return { ...state, steps: new Map(state.steps).set(name, step) };
}
