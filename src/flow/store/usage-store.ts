import type { Amount } from "../budget/amount.ts";
import type { StepHistory } from "../budget/price.ts";

/** Whose use is asked. */
export interface UsageFilter {
  readonly project: string;
  readonly namespace?: string | undefined;
  readonly run?: string | undefined;
  /** Attempts that began before are left out. */
  readonly sinceMs?: number | undefined;
}

/** What runs used, and what they are expected to use. */
export interface UsageStore {
  /** What all attempts used, those that failed and those of removed runs too. */
  used(filter: UsageFilter): Promise<Amount>;
  /** What each step of a flow came to in its last runs. */
  history(project: string, flow: string): Promise<ReadonlyMap<string, StepHistory>>;
}
