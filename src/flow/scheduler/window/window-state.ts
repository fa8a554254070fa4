import type { RetryPolicy } from "../../step-graph.ts";
import type { StepPlan, WindowAddress } from "../address.ts";

/**
 * Where a task of a window stands. `caught` failed for good and yields that as its outcome; `dropped` was given up
 * without result because the run ends.
 */
export type TaskPhase = "handed-out" | "backing-off" | "done" | "caught" | "failed" | "dropped";

/** How tasks are taken back when a run ends: `withdraw` lets those under way end, `cancel` ends them too. */
export type DrainHow = "withdraw" | "cancel";

/** What a window is opened with. */
export interface WindowOrder extends WindowAddress {
  readonly start: number;
  readonly end: number;
  readonly retry: RetryPolicy;
  readonly catches: boolean;
}

/** A bounded part of a step: the only place where single tasks are known, so a run of any width fits a host. */
export interface WindowState {
  readonly order: WindowOrder;
  readonly phases: readonly TaskPhase[];
  /** Failed attempts in this session, by task. */
  readonly failures: readonly number[];
  /** Tasks handed out or backing off. */
  readonly openCount: number;
  /** Set when the run ends: nothing is tried again. */
  readonly draining: DrainHow | null;
  /** What the plan's task found out; null in all other windows. */
  readonly plan: StepPlan | null;
}

/** The attempt that a task of the window is at, from 1. */
export function attemptOf(window: WindowState, index: number): number {
  return (window.failures[index - window.order.start] ?? 0) + 1;
}
