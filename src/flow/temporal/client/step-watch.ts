import type { RunEvent } from "../../run-event.ts";
import type { StepCounts } from "../../run-record.ts";

/** Tells of a run that other machines run what its metadata shows of it: steps and how far they are. */
export class StepWatch {
  private readonly run: string;
  private readonly emit: (event: RunEvent) => void;
  private readonly seen = new Map<string, { readonly status: string; readonly done: number }>();
  private readonly begun = new Map<string, { readonly atMs: number; readonly done: number }>();

  constructor(run: string, emit: (event: RunEvent) => void) {
    this.run = run;
    this.emit = emit;
  }

  look(steps: readonly StepCounts[]): void {
    for (const { step, status, width, tasks } of steps) {
      const before = this.seen.get(step) ?? { status: "waiting", done: 0 };
      const done = tasks.done + tasks.caught;
      if (before.status === status && before.done === done) continue;
      this.seen.set(step, { status, done });
      const progress = this.progress(step, done, width ?? 0);
      const told = { run: this.run, step, progress };
      if (before.status === "waiting" && status !== "waiting" && status !== "skipped")
        this.emit({ type: "step-started", ...told });
      if (done !== before.done) this.emit({ type: "step-progress", ...told });
      if (status !== before.status && (status === "done" || status === "skipped"))
        this.emit({ type: status === "done" ? "step-finished" : "step-skipped", ...told });
    }
  }

  private progress(step: string, done: number, total: number) {
    const nowMs = performance.now();
    const begun = this.begun.get(step) ?? { atMs: nowMs, done };
    this.begun.set(step, begun);
    const seconds = (nowMs - begun.atMs) / 1_000;
    return { done, total, tasksPerSecond: seconds > 0 ? (done - begun.done) / seconds : 0 };
  }
}
