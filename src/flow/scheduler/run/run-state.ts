import { needsPlan, type StepGraph } from "../../step-graph.ts";
import type { StepPlan } from "../address.ts";

/** Where a step stands for the scheduler: `planning` finds out what to do, `closing` joins the outcomes. */
export type StepPhase = "waiting" | "planning" | "running" | "closing" | "done" | "failed";

/** A step as the run knows it: windows by number, and no task. */
export interface StepState {
  readonly phase: StepPhase;
  /** Null until it is known. */
  readonly plan: StepPlan | null;
  /** Tasks with an outcome, of closed windows. */
  readonly settledCount: number;
  /** The first window that was not opened yet. */
  readonly nextWindow: number;
  /** Tasks with an outcome from an earlier session, by window. */
  readonly settledBefore: ReadonlyMap<number, number>;
  /** Open windows, with the open tasks that they told of last. */
  readonly open: ReadonlyMap<number, number>;
}

/** A run. `failing` and `stopping` wait for what is under way, then end. */
export interface RunState {
  readonly phase: "running" | "failing" | "stopping" | "ended";
  readonly steps: ReadonlyMap<string, StepState>;
}

/** What an earlier session left of a step. */
export interface StepHistory {
  readonly plan: StepPlan | null;
  /** Tasks with an outcome, by window. */
  readonly settled: ReadonlyMap<number, number>;
  readonly closed: boolean;
}

/** The state before `run-begun`: of a new run, or of one that goes on. */
export function initialRunState(graph: StepGraph, history: ReadonlyMap<string, StepHistory>): RunState {
  const steps = graph.steps.map((node): [string, StepState] => {
    const past = history.get(node.name);
    const settledBefore = past?.settled ?? new Map<number, number>();
    const state: StepState = {
      phase: past?.closed === true ? "done" : "waiting",
      plan: needsPlan(node) ? (past?.plan ?? null) : { width: 1, skipped: false },
      settledCount: [...settledBefore.values()].reduce((sum, count) => sum + count, 0),
      nextWindow: 0,
      settledBefore,
      open: new Map(),
    };
    return [node.name, state];
  });
  return { phase: "running", steps: new Map(steps) };
}
