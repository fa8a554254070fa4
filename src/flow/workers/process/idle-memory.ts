/** A worker that waits this long is idle: between the tasks of one step the next order comes sooner. */
const idleAfterMs = 50;

/** A worker smaller than this has nothing worth giving back. */
const residentBytesMin = 150 * 1024 * 1024;

/**
 * Gives the memory of finished tasks back while a worker waits: what is left of its last task would otherwise stay
 * resident beside the busy workers, until the collector happens to run. Needs `--expose-gc`; without it, does nothing.
 */
export class IdleMemory {
  #timer: NodeJS.Timeout | undefined;

  /** The worker got a task. */
  busy(): void {
    clearTimeout(this.#timer);
  }

  /** The worker ended a task. */
  idle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (process.memoryUsage.rss() > residentBytesMin) globalThis.gc?.();
    }, idleAfterMs).unref();
  }
}
