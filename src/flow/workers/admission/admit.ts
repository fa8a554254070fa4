import type { Capacity } from "./capacity.ts";
import type { Demand } from "./demand.ts";

/** Units of a named resource that began to be used. */
export interface Start {
  readonly name: string;
  readonly units: number;
  readonly atMs: number;
}

/** All that is known when a task asks for admission. */
export interface AdmissionView {
  readonly capacity: Capacity;
  /** What running tasks of all runs take. */
  readonly taken: readonly Demand[];
  /** What tasks of other runs wait for that asked earlier: it is kept for them, so no run starves another. */
  readonly ahead: readonly Demand[];
  /** Of the last minute. */
  readonly starts: readonly Start[];
  readonly nowMs: number;
}

/** Admitted, or what is lacking: `room` is cores, memory or disk, which is worth holding others back for. */
export type Verdict =
  | { readonly lacks: null }
  | { readonly lacks: "room" }
  /** `retryInMs` is when a rate allows more; null when it depends on others to end. */
  | { readonly lacks: "named"; readonly retryInMs: number | null };

/** A rate is units in any time so long. */
export const rateWindowMs = 60_000;

/** Decides whether a task may begin: pure. */
export function admit(demand: Demand, view: AdmissionView): Verdict {
  const { capacity } = view;
  const others = [...view.taken, ...view.ahead];
  for (const kind of ["cpu", "memoryMiB", "diskMiB"] as const) {
    if (demand[kind] > 0 && exceeds(demand[kind] + sum(others, (each) => each[kind]), capacity[kind]))
      return { lacks: "room" };
  }
  let retryInMs: number | null = null;
  for (const [name, units] of Object.entries(demand.named)) {
    const { atOnce, perMinute } = capacity.named[name] ?? {};
    if (atOnce !== undefined && exceeds(units + sum(others, (each) => each.named[name] ?? 0), atOnce))
      return { lacks: "named", retryInMs: null };
    if (perMinute !== undefined) {
      const kept = sum(view.ahead, (each) => each.named[name] ?? 0);
      const waitMs = rateWaitMs(name, units + kept, perMinute, view);
      if (waitMs > 0) retryInMs = Math.max(retryInMs ?? 0, waitMs);
    }
  }
  return retryInMs === null ? { lacks: null } : { lacks: "named", retryInMs };
}

/** How long until the units fit into the rate; 0 when they do. A start in the future is of a clock that was set back: forgotten. */
function rateWaitMs(name: string, units: number, perMinute: number, { starts, nowMs }: AdmissionView): number {
  const recent = starts
    .filter((start) => start.name === name && start.atMs > nowMs - rateWindowMs && start.atMs <= nowMs)
    .sort((left, right) => left.atMs - right.atMs);
  let used = recent.reduce((total, start) => total + start.units, 0);
  for (const start of recent) {
    if (!exceeds(used + units, perMinute)) return 0;
    used -= start.units;
    if (!exceeds(used + units, perMinute)) return start.atMs + rateWindowMs - nowMs;
  }
  return exceeds(used + units, perMinute) ? rateWindowMs : 0;
}

/** Ten tasks of a tenth of a core fit one core, whatever their floating-point sum. */
function exceeds(amount: number, limit: number): boolean {
  return amount > limit + 1e-9;
}

function sum(demands: readonly Demand[], amount: (demand: Demand) => number): number {
  return demands.reduce((total, demand) => total + amount(demand), 0);
}
