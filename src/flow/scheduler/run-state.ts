import type { StepGraph } from "../step-graph.ts";
import type { WindowState } from "./window.ts";

/** Where a step stands for the scheduler: `expanding` finds the items, `closing` joins the outcomes. */
export type StepPhase = "waiting" | "expanding" | "running" | "closing" | "done" | "failed";

/** A step, with single tasks only in its open windows. */
export interface StepState {
  readonly phase: StepPhase;
  /** Number of tasks; null until a foreach is expanded. */
  readonly width: number | null;
  readonly doneCount: number;
  /** First task that no window has held yet. */
  readonly nextIndex: number;
  /** Tasks done in an earlier session. */
  readonly doneBefore: ReadonlySet<number>;
  readonly windows: readonly WindowState[];
}

/** A run. `failing` and `stopping` wait for what is under way, then end. */
export interface RunState {
  readonly phase: "running" | "failing" | "stopping" | "ended";
  readonly steps: ReadonlyMap<string, StepState>;
}

/** What an earlier session left of a step. */
export interface StepHistory {
  readonly width: number | null;
  readonly done: readonly number[];
  readonly closed: boolean;
}

/** The state before `run-begun`: of a new run, or of one that goes on. */
export function initialState(graph: StepGraph, history: ReadonlyMap<string, StepHistory> = new Map()): RunState {
  const steps = graph.steps.map((step): [string, StepState] => {
    const past = history.get(step.name) ?? { width: null, done: [], closed: false };
    return [
      step.name,
      {
        phase: past.closed ? "done" : "waiting",
        width: step.kind === "single" ? 1 : past.width,
        doneCount: past.done.length,
        nextIndex: 0,
        doneBefore: new Set(past.done),
        windows: [],
      },
    ];
  });
  return { phase: "running", steps: new Map(steps) };
}
