import { errorToJson } from "../../../base/index.ts";
import type { BudgetWatch } from "../../budget/budget-watch.ts";
import { breaksStep, type RunFailure, runError, stoppedError } from "../../run-errors.ts";
import type { RunEvent } from "../../run-event.ts";
import type { StoredArtifact } from "../../run-record.ts";
import type { SchedulerCommand, SchedulerEvent, TaskAddress } from "../../scheduler/index.ts";
import { nodeOf, type StepNode } from "../../step-graph.ts";
import { artifactOfStep } from "../../task/join-outcomes.ts";
import { taskFailure } from "../../task-failure.ts";
import type { PoolEnd, PoolTask } from "../../workers/pool/pool-task.ts";
import type { StepItems } from "../../workers/step-items.ts";
import type { TaskInputs } from "../../workers/task-inputs.ts";
import type { SessionLogs } from "./session-logs.ts";
import type { SessionParts } from "./session-parts.ts";
import { StepMeter } from "./step-meter.ts";

/** An attempt that ended, as the pool tells it. */
export interface EndedTask {
  readonly task: PoolTask;
  readonly end: PoolEnd;
}

/** What a recorder shares with its session. */
export interface RecorderParts {
  readonly items: StepItems;
  readonly inputs: TaskInputs;
  readonly logs: SessionLogs;
  readonly budget: BudgetWatch;
}

/** Writes down how a run goes, its attempts aside, and tells it: steps that begin and close, what failed for good, the end. */
export class RunRecorder {
  private readonly session: SessionParts;
  private readonly parts: RecorderParts;
  private readonly meter: StepMeter;
  private readonly begun = new Set<string>();
  private readonly failures: RunFailure[] = [];
  private isEnded = false;

  constructor(session: SessionParts, parts: RecorderParts) {
    this.session = session;
    this.parts = parts;
    this.meter = new StepMeter(session.clock);
  }

  tell(event: RunEvent): void {
    this.session.tracer?.note(event);
    this.session.options.onEvent?.(event);
  }

  /** Asked at each of its windows. True for the first of its tasks, the one that plans it aside. @throws refused at a ceiling */
  async beginStep(step: string, isPlan: boolean): Promise<boolean> {
    const { lease, metadata, past, record } = this.session;
    if (this.begun.has(step)) return false;
    await metadata.beginStep(lease, step);
    if (isPlan) return false;
    this.begun.add(step);
    const width = this.parts.items.planOf(step)?.width ?? 1;
    const done = past.get(step)?.done.length ?? 0;
    await this.parts.budget.mayFanOut(record.graph, step, width - done);
    this.tell({ type: "step-started", run: lease.run, step, progress: this.meter.begin(step, done, width) });
    return true;
  }

  /** `commands` are what the scheduler makes of it. */
  async endTask({ task, end }: EndedTask, commands: readonly SchedulerCommand[]): Promise<void> {
    const { step, index } = task.address;
    const { lease, metadata, clock } = this.session;
    const retry = commands.find((command) => command.type === "delay-task");
    const isCaught = commands.some((command) => command.type === "catch-task");
    if ((end.status === "done" || isCaught) && index >= 0) this.meter.taskDone(step);
    if (end.error !== null && end.status !== "stopped" && retry === undefined && !isCaught) {
      const key = this.nodeOf(step).kind === "single" ? null : task.key;
      const log = this.parts.logs.placeOf({ step, index, key: task.key, attempt: end.attempt });
      this.failures.push({ step, key, attempt: end.attempt, error: end.error, log });
      await metadata.failStep(lease, step);
    }
    this.tell({
      ...{ type: "task-ended", run: lease.run, step, key: task.key, attempt: end.attempt, status: end.status },
      ...{ usage: end.usage, error: end.error, wallMs: clock.nowMs() - end.startedMs },
      retryInMs: retry?.delayMs ?? null,
      progress: this.meter.progress(step),
    });
  }

  /** The failure of a task's last attempt becomes its outcome. */
  async catchTask({ step, index }: TaskAddress, ended: EndedTask | undefined): Promise<void> {
    const { lease, metadata } = this.session;
    const error = ended?.end.error;
    if (ended === undefined || error === null || error === undefined) return;
    const artifact = { inline: JSON.stringify(taskFailure(error)) };
    await metadata.catchTask(lease, { step, index, attempt: ended.end.attempt, artifact });
  }

  /** Stores the artifact of a step. Returns what the scheduler is to be told. @throws what says nothing of the step */
  async closeStep(step: string, skipped: boolean): Promise<SchedulerEvent> {
    const { lease, metadata } = this.session;
    const { inputs, items, logs } = this.parts;
    try {
      const artifact = skipped ? { inline: "null" } : await this.joined(step);
      await metadata.closeStep(lease, step, artifact, skipped ? "skipped" : "done");
      inputs.artifacts.set(step, artifact);
      items.closeStep(step);
      const progress = this.meter.progress(step);
      this.tell({ type: skipped ? "step-skipped" : "step-finished", run: lease.run, step, progress });
      return { type: "step-closed", step };
    } catch (error) {
      if (!breaksStep(error)) throw error;
      this.failures.push({ step, key: null, attempt: 1, error: errorToJson(error), log: logs.placeOfStep(step) });
      await metadata.failStep(lease, step);
      return { type: "step-broken", step };
    }
  }

  /** Returns the artifact of the last step. @throws what the run failed by */
  async endRun(status: "done" | "failed" | "interrupted"): Promise<StoredArtifact> {
    const { lease, metadata, record } = this.session;
    const first = this.failures[0];
    const failed = first === undefined ? stoppedError(record) : runError(record, first, this.failures.length);
    await metadata.endRun(lease, status, status === "failed" ? errorToJson(failed) : null);
    this.isEnded = true;
    this.tell({ type: "run-finished", run: lease.run, status });
    if (status !== "done") throw failed;
    return this.parts.inputs.artifacts.get(record.graph.steps.at(-1)?.name ?? "") as StoredArtifact;
  }

  /** Leaves a run that has not ended so that it can be resumed, if the lease and the disk still allow that. */
  async giveUp(error: unknown): Promise<void> {
    if (this.isEnded) return;
    const { lease, metadata, tracer } = this.session;
    tracer?.note({ type: "run-finished", run: lease.run, status: "interrupted" });
    const told = errorToJson(error);
    if (told.code === "run-locked") return;
    await metadata.endRun(lease, "interrupted", told).catch(() => "its lease runs out by itself");
  }

  private joined(step: string): Promise<StoredArtifact> {
    const { run } = this.session.lease;
    return artifactOfStep(this.session, run, this.nodeOf(step), () => this.parts.items.groupsOf(step));
  }

  private nodeOf(step: string): StepNode {
    return nodeOf(this.session.record.graph, step) as StepNode;
  }
}
