import { setTimeout as sleep } from "node:timers/promises";

const firstWaitMs = 50;
const longestWaitMs = 2_000;

/** Tries again what failed by something that passes, with growing waits, until a time is used up. */
export class Patience {
  private readonly limitMs: number;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
  }

  /** @throws what the last try threw */
  async run<T>(work: () => Promise<T>, isPassing: (error: unknown) => boolean): Promise<T> {
    const beganMs = performance.now();
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || performance.now() - beganMs + waitMs > this.limitMs) throw error;
      }
      await sleep(waitMs);
    }
  }
}
