/** When a failed attempt is tried again. Errors of bad input never are. */
export interface RetryPolicy {
  /** Further attempts after the first. */
  readonly count: number;
  /** Wait before the second attempt; doubled before each later one. */
  readonly backoffMs: number;
  readonly backoffLimitMs: number;
}

/** A step as data: all that scheduling needs to know of it, and nothing of its code. */
export interface StepNode {
  readonly name: string;
  /** `single` is one task; `foreach` is one task an item. */
  readonly kind: "single" | "foreach";
  /** The steps that must be done before. */
  readonly after: readonly string[];
  readonly retry: RetryPolicy;
  /** A longer attempt is killed; null is no limit. */
  readonly timeoutMs: number | null;
  /** Cores that a task uses. */
  readonly cpu: number;
  /** Memory that a task declares; null is undeclared. */
  readonly memoryMiB: number | null;
}

/** A flow as data, before anything runs: to check, draw, plan, pin and hand to a host. */
export interface StepGraph {
  readonly flow: string;
  readonly project: string | null;
  /** Defaults of the params. */
  readonly params: Readonly<Record<string, unknown>>;
  /** In the order written, which is an order they can run in. */
  readonly steps: readonly StepNode[];
}
