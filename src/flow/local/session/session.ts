import { rm } from "node:fs/promises";
import { BudgetWatch } from "../../budget/budget-watch.ts";
import { homePaths } from "../../home/home-paths.ts";
import { homeArtifacts } from "../../home/home-stores.ts";
import { hostError, isFatal, isUncatchable } from "../../run-errors.ts";
import type { StoredArtifact, TaskProgress } from "../../run-record.ts";
import {
  advance,
  initialState,
  planIndex,
  planKey,
  type SchedulerCommand,
  type SchedulerEvent,
  type SchedulerState,
  type TaskAddress,
} from "../../scheduler/index.ts";
import { nodeOf, type StepNode } from "../../step-graph.ts";
import { lostLease } from "../../store/sql/fence.ts";
import type { TaskOrder } from "../../task/task-order.ts";
import { demandOf } from "../../workers/admission/index.ts";
import type { PoolEnd, PoolListener, PoolTask } from "../../workers/pool/pool-task.ts";
import { WorkerPool } from "../../workers/pool/worker-pool.ts";
import { workerSetup } from "../../workers/process/worker-setup.ts";
import { StepItems } from "../../workers/step-items.ts";
import { TaskInputs } from "../../workers/task-inputs.ts";
import { Expectations } from "./expectations.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { type EndedTask, RunRecorder } from "./run-recorder.ts";
import { SessionLogs } from "./session-logs.ts";
import type { SessionParts } from "./session-parts.ts";

interface Message {
  readonly event: SchedulerEvent;
  /** Of an attempt that ended: what the recorder goes by. */
  readonly ended?: EndedTask;
}

/**
 * One session of a run on this machine: carries the scheduler's commands out, has the pool run its tasks, and tells it what came of
 * them, one at a time.
 */
export class Session implements PoolListener {
  private readonly parts: SessionParts;
  private readonly pool: WorkerPool;
  private readonly items: StepItems;
  private readonly expectations: Expectations;
  private readonly budget: BudgetWatch;
  private readonly inputs: TaskInputs;
  private readonly logs: SessionLogs;
  private readonly recorder: RunRecorder;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly inbox: Message[] = [];
  private state: SchedulerState;
  private wake: () => void = () => {};
  private breakage: { readonly error: unknown } | null = null;

  constructor(parts: SessionParts) {
    const { record, past, options } = parts;
    this.parts = parts;
    this.items = new StepItems(parts.artifacts);
    this.expectations = new Expectations(parts.metadata, record.run);
    this.logs = new SessionLogs(parts);
    this.budget = BudgetWatch.of(record, options.budgets, parts.metadata.usage, parts.clock);
    this.inputs = new TaskInputs(record.run, record.graph, options.home, this.items);
    for (const [step, { artifact }] of past) if (artifact !== null) this.inputs.artifacts.set(step, artifact);
    const { items, inputs, logs, budget } = this;
    this.recorder = new RunRecorder(parts, { items, inputs, logs, budget });
    this.state = initialState(record.graph);
    const { environment, logLevel } = options;
    const { flowModule, pin } = record.code;
    const { cache: cacheFolder, code: folder, inputs: inputsFolder } = homePaths(options.home);
    const pinned = pin === undefined ? undefined : { pin, folder };
    const artifacts = homeArtifacts(options.home, options);
    const setup = workerSetup(record, { flowModule, pinned, artifacts, inputsFolder, environment, logLevel });
    const worker = { setup, cacheFolder, heapMiB: options.workerHeapMiB, environment: options.workerEnvironment };
    const { stopGraceMs, silenceMs } = options;
    const { admission, clock } = parts;
    this.pool = new WorkerPool({ admission, worker, stopGraceMs, silenceMs, clock }, this);
  }

  /** To the end of the run. Returns the artifact of the last step. @throws what the run failed by */
  async run(): Promise<StoredArtifact> {
    const { lease, metadata, options } = this.parts;
    const stopHeartbeat = startHeartbeat(metadata, lease, (error) => this.broken(error ?? lostLease(lease.run)));
    const stop = (): void => this.post({ event: { type: "stop" } });
    options.signal?.addEventListener("abort", stop);
    try {
      await this.loadPast();
      this.post({ event: { type: "run-begun" } });
      if (options.signal?.aborted === true) stop();
      return await this.loop();
    } catch (error) {
      const told = hostError(error, options.home);
      await this.recorder.giveUp(told);
      throw told;
    } finally {
      stopHeartbeat();
      options.signal?.removeEventListener("abort", stop);
      for (const timer of this.timers) clearTimeout(timer);
      await this.pool.close();
      await this.logs.close();
      await rm(this.inputs.temporaryFolder, { recursive: true, force: true });
    }
  }

  async begin({ address, key }: PoolTask, workerPid: number, known: ReadonlySet<string>): Promise<TaskOrder> {
    const { step, index } = address;
    const { lease, metadata, tracer } = this.parts;
    const claim = { step, index, key, workerPid, workerHost: this.logs.host };
    const attempt = await metadata.beginAttempt(lease, claim);
    this.recorder.tell({ type: "task-started", run: lease.run, step, key, attempt });
    const path = this.logs.begin({ step, index, key, attempt });
    const order = this.inputs.orderOf({ step, index, attempt, key }, path, known);
    return tracer === null ? order : { ...order, trace: tracer.carrierOf({ step, key, attempt }) };
  }

  async ended(task: PoolTask, end: PoolEnd): Promise<void> {
    const { step, index } = task.address;
    const { lease, metadata } = this.parts;
    const spending = this.budget.spend(end.usage);
    if (spending.isTooMuch) this.pool.hold();
    if (end.status === "done" && end.plan !== null && end.artifact !== null) {
      await this.items.add(step, end.artifact, false);
    }
    const log = await this.logs.end({ step, index, key: task.key, attempt: end.attempt }, end);
    await metadata.endAttempt(lease, { step, index, ...end, log });
    await spending.recorded();
    if (spending.isTooMuch) this.pool.release();
    this.post({ event: eventOf(task, end), ended: { task, end } });
  }

  progress({ address, key }: PoolTask, progress: TaskProgress): void {
    this.recorder.tell({ type: "task-progress", run: this.parts.lease.run, step: address.step, key, progress });
  }

  broken(error: unknown): void {
    this.breakage ??= { error };
    this.wake();
  }

  private async loop(): Promise<StoredArtifact> {
    for (;;) {
      if (this.breakage !== null) throw this.breakage.error;
      const message = this.inbox.shift();
      if (message === undefined) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        continue;
      }
      const { state, commands } = advance(this.parts.record.graph, this.state, message.event);
      this.state = state;
      if (message.ended !== undefined) await this.recorder.endTask(message.ended, commands);
      for (const command of commands) {
        if (command.type === "end-run") return await this.recorder.endRun(command.status);
        await this.obey(command, message.ended);
      }
    }
  }

  private async obey(
    command: Exclude<SchedulerCommand, { readonly type: "end-run" }>,
    ended: EndedTask | undefined,
  ): Promise<void> {
    switch (command.type) {
      case "open-window":
        await this.items.openWindow(command);
        return await this.beginStep(command.step, command.start);
      case "close-window":
        return this.items.closeWindow(command);
      case "start-task":
        return this.submit(command);
      case "delay-task": {
        const event = { ...command, type: "delay-over" } as const;
        const timer = setTimeout(() => {
          this.timers.delete(timer);
          this.post({ event });
        }, command.delayMs);
        this.timers.add(timer);
        return;
      }
      case "catch-task":
        return await this.recorder.catchTask(command, ended);
      case "withdraw-task":
      case "cancel-task":
        if (this.pool.withdraw(command)) this.post({ event: { ...command, type: "task-withdrawn" } });
        else if (command.type === "cancel-task") this.pool.cancel(command);
        return;
      case "close-step":
        return this.post({ event: await this.recorder.closeStep(command.step, command.skipped) });
    }
  }

  private submit(address: TaskAddress): void {
    const node = this.nodeOf(address.step);
    const { timeoutMs, isolate } = node;
    const key = address.index === planIndex ? planKey(node) : this.items.key(address.step, address.index);
    const demand = demandOf(node, address.index, this.parts.options.workers);
    const expectedMs = this.expectations.of(address.step, key, this.items.size(address.step, address.index));
    this.pool.submit({ address, key, demand, timeoutMs, isolate, expectedMs });
  }

  private async beginStep(step: string, start: number): Promise<void> {
    const isNew = await this.recorder.beginStep(step, start === planIndex);
    if (isNew && this.nodeOf(step).kind === "foreach") await this.expectations.load(step);
  }

  /** Goes on where earlier sessions stopped. */
  private async loadPast(): Promise<void> {
    const { past, record } = this.parts;
    for (const [step, { items, artifact }] of past) {
      if (items !== null) await this.items.add(step, items, artifact !== null);
    }
    const sessions = [...past].map(
      ([step, { done, artifact }]) =>
        [step, { plan: this.items.planOf(step), done, closed: artifact !== null }] as const,
    );
    this.state = initialState(record.graph, new Map(sessions));
  }

  private post(message: Message): void {
    this.inbox.push(message);
    this.wake();
  }

  private nodeOf(step: string): StepNode {
    return nodeOf(this.parts.record.graph, step) as StepNode;
  }
}

function eventOf({ address }: PoolTask, end: PoolEnd): SchedulerEvent {
  const { step, index, attempt } = address;
  if (end.status === "done")
    return { type: "task-done", step, index, attempt, ...(end.plan === null ? {} : { plan: end.plan }) };
  if (end.status === "stopped") return { type: "task-withdrawn", step, index, attempt };
  const [fatal, uncatchable] = end.error === null ? [false, false] : [isFatal(end.error), isUncatchable(end.error)];
  return { type: "task-failed", step, index, attempt, fatal, uncatchable };
}
