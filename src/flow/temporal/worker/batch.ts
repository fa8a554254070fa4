import { hostname } from "node:os";
import { type ErrorJson, errorToJson } from "../../../base/index.ts";
import type { Spending } from "../../budget/budget-watch.ts";
import type { OpenLog } from "../../log/attempt-logs.ts";
import { noteDeath } from "../../log/note-death.ts";
import { isFatal, isUncatchable } from "../../run-errors.ts";
import { planIndex, type StepPlan, windowOf } from "../../scheduler/index.ts";
import { taskFailure } from "../../task-failure.ts";
import type { PoolEnd } from "../../workers/pool/pool-task.ts";
import type { BatchOrder, BatchOutcome, BatchReport, BatchTask } from "../wire.ts";
import { toldError } from "./activity-errors.ts";
import type { OpenRun, RunningTask } from "./open-run.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** The number of an attempt that begins; null when another try of the activity has its task. */
type Claim = Promise<number | null>;

/**
 * The tasks of one activity, one after the other, each committed alone. While one runs the next is claimed, and while one is
 * committed the next runs. What is done already, since the activity was tried before, is not done again.
 */
export class Batch {
  private readonly parts: WorkerParts;
  private readonly order: BatchOrder;
  private readonly outcomes: BatchOutcome[];
  private plan: StepPlan | null = null;
  private busyMs = 0;
  private ending: "again" | "withdrawn" | null = null;
  private isCancelled = false;
  private spent: ErrorJson | null = null;
  private current: RunningTask | null = null;

  constructor(parts: WorkerParts, order: BatchOrder) {
    this.parts = parts;
    this.order = order;
    this.outcomes = order.tasks.map(() => "again");
  }

  /** Begins no further task: those left are tried again elsewhere, or given up with the run. */
  end(how: "again" | "withdrawn"): void {
    this.ending ??= how;
  }

  /** Ends the task under way too. */
  cancel(how: "again" | "withdrawn"): void {
    this.end(how);
    this.isCancelled = true;
    this.current?.cancel();
  }

  async run(run: OpenRun): Promise<BatchReport> {
    const { step, tasks } = this.order;
    const beganMs = this.parts.clock.nowMs();
    const first = tasks[0]?.index ?? 0;
    await run.prepare(step, first);
    return run.withWindow(step, windowOf(first), () => this.runTasks(run, beganMs));
  }

  private async runTasks(run: OpenRun, beganMs: number): Promise<BatchReport> {
    const isLate = (): boolean => this.parts.clock.nowMs() - beganMs > this.order.limitMs;
    const commits: Promise<void>[] = [];
    const places = await this.unfinished(run);
    let claim: Claim | null = null;
    for (const [turn, place] of places.entries()) {
      if (this.ending !== null) this.outcomes[place] = this.ending;
      if (claim === null && (this.ending !== null || isLate())) continue;
      const attempt: number | null = await (claim ?? this.claim(run, place));
      claim = null;
      if (attempt === null) continue;
      if (this.ending !== null || isLate()) {
        commits.push(this.giveBack(place, attempt));
        continue;
      }
      const next = places[turn + 1];
      const running = this.start(run, place, attempt);
      if (next !== undefined) claim = this.claim(run, next);
      const committed = this.commit(run, place, attempt, await this.endOf(running), running.log);
      // What fails meanwhile is met below; until then it must not count as unhandled.
      committed.catch(() => undefined);
      commits.push(committed);
    }
    await Promise.all(commits);
    const { outcomes, plan, busyMs, spent } = this;
    return { outcomes, plan, busyMs, ...(spent === null ? {} : { spent }) };
  }

  /** The places of the tasks that are left to do. */
  private async unfinished(run: OpenRun): Promise<readonly number[]> {
    const { step, tasks } = this.order;
    const finished = await this.finished();
    for (const [place, { index }] of tasks.entries()) {
      if (!finished.has(index)) continue;
      this.outcomes[place] = "done";
      if (index === planIndex) this.plan = await run.planOf(step);
    }
    return [...tasks.keys()].filter((place) => this.outcomes[place] !== "done");
  }

  /** Begins an attempt in the metadata, while the task before it runs: so a process waits for no commit between two tasks. */
  private claim(run: OpenRun, place: number): Claim {
    const { step } = this.order;
    const { index } = this.taskAt(place);
    const begin = { step, index, key: run.keyOf(step, index), workerPid: process.pid, workerHost: hostname() };
    const claim = this.parts.metadata
      .beginAttempt(this.order.run, begin)
      .catch((error: unknown) => this.unlessHeld(error, place));
    claim.catch(() => "met by whoever awaits it");
    return claim;
  }

  /** Ends an attempt that was claimed and is not to be run here. */
  private async giveBack(place: number, attempt: number): Promise<void> {
    const { step, run: lease } = this.order;
    this.outcomes[place] = this.ending ?? "again";
    const { index } = this.taskAt(place);
    const nothing = { usage: null, progress: null, error: null, artifact: null };
    await this.parts.metadata
      .endAttempt(lease, { step, index, attempt, status: "stopped", ...nothing })
      .catch((error: unknown) => this.unlessHeld(error, place));
  }

  private start(run: OpenRun, place: number, attempt: number): RunningTask {
    const running = run.start(this.order.step, this.taskAt(place).index, attempt);
    this.current = running;
    if (this.isCancelled) running.cancel();
    return running;
  }

  /** Until the process is free. */
  private async endOf(running: RunningTask): Promise<PoolEnd> {
    const end = await running.end.catch(async (error: unknown) => {
      await running.log.abandon();
      throw error;
    });
    noteDeath(running.log.path, end, this.parts.clock);
    this.current = null;
    this.busyMs += this.parts.clock.nowMs() - end.startedMs;
    return end;
  }

  private async commit(run: OpenRun, place: number, attempt: number, ended: PoolEnd, log: OpenLog): Promise<void> {
    const { metadata } = this.parts;
    const { step, run: lease } = this.order;
    const task = this.taskAt(place);
    const { index } = task;
    const end = { ...ended, attempt };
    const spending = run.budget.spend(end.usage);
    if (spending.isTooMuch) this.end("again");
    try {
      if (end.status === "done" && end.plan !== null && end.artifact !== null) {
        await run.items.add(step, end.artifact, false);
        this.plan = end.plan;
      }
      await metadata.endAttempt(lease, { step, index, ...end, log: await log.close() });
      await this.count(spending);
      this.outcomes[place] = this.outcomeOf(end);
      if (end.error !== null && end.status !== "stopped") await this.failed(run, task, end.attempt, end.error);
    } catch (error) {
      await this.unlessHeld(error, place);
    }
  }

  /** At a ceiling no further task begins. */
  private async count(spending: Spending): Promise<void> {
    try {
      await spending.recorded();
    } catch (error) {
      const told = toldError(error);
      if (told.code !== "budget-spent") throw error;
      this.spent ??= told;
      this.end("again");
    }
  }

  /** A failure that is not tried again is the task's outcome where its step catches it, else the step's failure. */
  private async failed(run: OpenRun, task: BatchTask, attempt: number, error: ErrorJson): Promise<void> {
    const { metadata } = this.parts;
    const { step, run: lease } = this.order;
    if (!task.isLast && !isFatal(error)) return;
    const isCaught = run.nodeOf(step).catches && task.index !== planIndex && !isUncatchable(error);
    const artifact = { inline: JSON.stringify(taskFailure(error)) };
    if (isCaught) await metadata.catchTask(lease, { step, index: task.index, attempt, artifact });
    else await metadata.failStep(lease, step);
  }

  private outcomeOf({ status, error }: PoolEnd): BatchOutcome {
    if (status === "done") return "done";
    if (status === "stopped") return this.ending ?? "again";
    if (error === null) return "failed";
    if (isUncatchable(error)) return "uncatchable";
    return isFatal(error) ? "fatal" : "failed";
  }

  /** While the lease is held, a refused write says that another try of the activity has the task: whoever asks next sees how it stands. */
  private async unlessHeld(error: unknown, place: number): Promise<null> {
    if (errorToJson(error).code !== "run-locked" || !(await this.parts.metadata.renewLease(this.order.run)))
      throw error;
    const { index } = this.taskAt(place);
    this.outcomes[place] = (await this.finished()).has(index) ? "done" : "again";
    return null;
  }

  private taskAt(place: number): BatchTask {
    return this.order.tasks[place] as BatchTask;
  }

  private async finished(): Promise<ReadonlySet<number>> {
    const indexes = this.order.tasks.map(({ index }) => index);
    const { run, step } = this.order;
    const [first, last] = [Math.min(...indexes), Math.max(...indexes)];
    return new Set(await this.parts.metadata.readSettled(run.run, step, first, last + 1));
  }
}
