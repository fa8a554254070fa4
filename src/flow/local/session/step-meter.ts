import type { Clock } from "../../../base/index.ts";
import type { StepProgress } from "../../run-event.ts";

/** Counts the tasks of the steps for progress in a terminal. */
export class StepMeter {
  private readonly clock: Clock;
  private readonly counts = new Map<string, { done: number; total: number; doneBefore: number; startedMs: number }>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  begin(step: string, doneBefore: number, total: number): StepProgress {
    this.counts.set(step, { done: doneBefore, total, doneBefore, startedMs: this.clock.nowMs() });
    return this.progress(step);
  }

  taskDone(step: string): void {
    const count = this.counts.get(step);
    if (count !== undefined) count.done += 1;
  }

  progress(step: string): StepProgress {
    const count = this.counts.get(step);
    if (count === undefined) return { done: 0, total: 0, tasksPerSecond: 0 };
    const seconds = Math.max(0.001, (this.clock.nowMs() - count.startedMs) / 1000);
    return { done: count.done, total: count.total, tasksPerSecond: (count.done - count.doneBefore) / seconds };
  }
}
