import type { RetryPolicy } from "./step-graph.ts";

/** What may be declared of any step. */
export interface StepOptions {
  /** Further attempts after a failed one: a count, or a count with its back-off (default 1 s, doubled, at most 60 s). */
  readonly retry?: number | (Partial<RetryPolicy> & { readonly count: number });
  /** An attempt that takes longer is killed. */
  readonly timeoutMs?: number;
  /** Cores that a task uses, default 1: so many of the run's workers are kept free for it. */
  readonly cpu?: number;
  readonly memoryMiB?: number;
  readonly diskMiB?: number;
  /** Units of resources that the host knows by name, such as `{ llm: 1 }`. */
  readonly named?: Readonly<Record<string, number>>;
  /** Each attempt gets a process of its own, for code that leaves something behind. Default false: warm workers. */
  readonly isolate?: boolean;
  /** Words to find the step's tasks by. */
  readonly tags?: readonly string[];
  /** Variables of the environment, on the machine of a task, that its code is handed: never stored, and masked in logs and errors. */
  readonly secrets?: readonly string[];
}
