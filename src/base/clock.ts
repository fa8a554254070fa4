/** The time, as a dependency: nothing below `cli` and `serve` reads the system's clock directly. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  nowMs(): number;
}

/** The system's clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };
