/**
 * A batch is meant to take so long: what a crash of its worker costs at most, and long beside what an activity costs the engine
 * (with its history in a file 20 to 50 ms).
 */
const batchMs = 2_000;

/** After so many times `batchMs` a batch gives back what it has not begun: its tasks take longer than was thought. */
const patience = 4;

/** Tasks of one batch at most. */
const batchTasksMax = 50;

/** How long a batch may begin further tasks. */
export const batchLimitMs = batchMs * patience;

/** How long tasks of a step take, as far as is known: what decides how many go into one activity. */
export class TaskTimes {
  private meanMs: number | null;
  private count = 0;

  /** @param meanMs from earlier windows of the step; null when there was none */
  constructor(meanMs: number | null) {
    this.meanMs = meanMs;
  }

  get estimateMs(): number | null {
    return this.meanMs;
  }

  /** Learns from a batch; later ones weigh more, so that the size follows tasks that grow. */
  add(tasks: number, busyMs: number): void {
    if (tasks === 0) return;
    const meanMs = busyMs / tasks;
    this.count = Math.min(this.count + tasks, 2 * batchTasksMax);
    this.meanMs = this.meanMs === null ? meanMs : this.meanMs + (meanMs - this.meanMs) * (tasks / (tasks + this.count));
  }

  /** Tasks for the next batch; one while nothing is known. */
  batchSize(): number {
    if (this.meanMs === null) return 1;
    return Math.min(batchTasksMax, Math.max(1, Math.floor(batchMs / Math.max(1, this.meanMs))));
  }
}
