/**
 * A batch is meant to take so long: what a crash of its worker costs at most, and long beside what an activity costs the engine
 * (with its history in a file 20 to 50 ms).
 */
const batchMs = 2_000;

/** After so many times `batchMs` a batch gives back what it has not begun: its tasks take longer than was thought. */
const patience = 4;

/** Tasks that are run one by one at first. */
export const probes = 4;

/** Tasks of one batch at most. */
const batchTasksMax = 50;

/** How long a batch may begin further tasks. */
export const batchLimitMs = batchMs * patience;

/** How long tasks of a step take, as far as is known: what decides how many go into one activity. */
export class TaskTimes {
  private meanMs: number | null;
  private count: number;

  /** @param meanMs from earlier windows of the step; null when there was none */
  constructor(meanMs: number | null) {
    this.meanMs = meanMs;
    this.count = meanMs === null ? 0 : probes;
  }

  /** Enough is known to put several tasks into one activity: the first of a process pays for its start. */
  get isKnown(): boolean {
    return this.count >= probes;
  }

  get estimateMs(): number | null {
    return this.meanMs;
  }

  /** Learns from a batch: at once of shorter tasks, little by little of longer ones, since the first of a process are those. */
  add(tasks: number, busyMs: number): void {
    if (tasks === 0) return;
    const meanMs = busyMs / tasks;
    this.count = Math.min(this.count + tasks, 2 * batchTasksMax);
    if (this.meanMs === null || meanMs < this.meanMs) this.meanMs = meanMs;
    else this.meanMs += (meanMs - this.meanMs) * (tasks / (tasks + this.count));
  }

  /** Tasks for the next batch; one while too little is known. */
  batchSize(): number {
    if (this.meanMs === null || !this.isKnown) return 1;
    return Math.min(batchTasksMax, Math.max(1, Math.floor(batchMs / Math.max(1, this.meanMs))));
  }
}
