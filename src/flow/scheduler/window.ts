import type { RetryPolicy } from "../step-graph.ts";

/** Where a task of a window stands. `dropped` was given up without result because the run ends. */
export type TaskPhase = "handed-out" | "backing-off" | "done" | "failed" | "dropped";

/** A bounded part of a foreach: the only place where single tasks are known, so a run of any width fits a host. */
export interface WindowState {
  /** Index of its first task. */
  readonly start: number;
  readonly phases: readonly TaskPhase[];
  /** Failed attempts in this session, by task. */
  readonly failures: readonly number[];
  /** Tasks handed out or backing off. */
  readonly openCount: number;
}

/** What happens to a task of a window. */
export type WindowEvent =
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly fatal: boolean }
  | { readonly type: "withdrawn" }
  | { readonly type: "delay-over" };

/** What follows from it. */
export type WindowEffect =
  | { readonly type: "ignored" | "done" | "failed" | "dropped" }
  | { readonly type: "delayed"; readonly delayMs: number }
  | { readonly type: "handed-out" };

/** Opens a window on tasks `start` to `end` (exclusive); those in `doneBefore` were done in an earlier session. */
export function openWindow(start: number, end: number, doneBefore: ReadonlySet<number>): WindowState {
  const phases = Array.from(
    { length: end - start },
    (_, i): TaskPhase => (doneBefore.has(start + i) ? "done" : "handed-out"),
  );
  const openCount = phases.filter((phase) => phase === "handed-out").length;
  return { start, phases, failures: new Array<number>(phases.length).fill(0), openCount };
}

/** The machine of a window. `draining` is true when the run ends: nothing is tried again. */
export function advanceWindow(
  window: WindowState,
  address: { readonly index: number; readonly attempt: number },
  event: WindowEvent,
  policy: RetryPolicy,
  draining: boolean,
): { readonly window: WindowState; readonly effect: WindowEffect } {
  const slot = address.index - window.start;
  const failures = window.failures[slot] ?? 0;
  const expected: TaskPhase = event.type === "delay-over" ? "backing-off" : "handed-out";
  if (window.phases[slot] !== expected || address.attempt !== failures + 1)
    return { window, effect: { type: "ignored" } };
  const effect = effectOf(event, failures, policy, draining);
  return { window: settle(window, slot, effect, event.type === "failed" ? failures + 1 : failures), effect };
}

/** Gives up the tasks that wait for a further attempt, and names those that are handed out. */
export function drainWindow(window: WindowState): {
  readonly window: WindowState;
  readonly handedOut: readonly number[];
} {
  const phases = window.phases.map((phase) => (phase === "backing-off" ? "dropped" : phase));
  const handedOut = phases.flatMap((phase, slot) => (phase === "handed-out" ? [window.start + slot] : []));
  return { window: { ...window, phases, openCount: handedOut.length }, handedOut };
}

/** The attempt that a task of the window is at, from 1. */
export function attemptOf(window: WindowState, index: number): number {
  return (window.failures[index - window.start] ?? 0) + 1;
}

function effectOf(event: WindowEvent, failures: number, policy: RetryPolicy, draining: boolean): WindowEffect {
  if (event.type === "done") return { type: "done" };
  if (event.type === "withdrawn") return { type: "dropped" };
  if (event.type === "delay-over") return draining ? { type: "dropped" } : { type: "handed-out" };
  if (event.fatal || failures >= policy.count) return { type: "failed" };
  if (draining) return { type: "dropped" };
  return { type: "delayed", delayMs: Math.min(policy.backoffMs * 2 ** failures, policy.backoffLimitMs) };
}

function settle(window: WindowState, slot: number, effect: WindowEffect, failures: number): WindowState {
  const phase: TaskPhase = effect.type === "delayed" ? "backing-off" : (effect.type as TaskPhase);
  const isOpen = phase === "backing-off" || phase === "handed-out";
  return {
    start: window.start,
    phases: window.phases.with(slot, phase),
    failures: failures === window.failures[slot] ? window.failures : window.failures.with(slot, failures),
    openCount: window.openCount - (isOpen ? 0 : 1),
  };
}
