import { rm } from "node:fs/promises";
import { type Clock, errorToJson } from "../../../base/index.ts";
import { BudgetWatch } from "../../budget/budget-watch.ts";
import {
  breaksStep,
  hostError,
  isFatal,
  isUncatchable,
  type RunFailure,
  runError,
  stoppedError,
} from "../../run-errors.ts";
import type { HostOptions } from "../../run-options.ts";
import type { RunHead, StoredArtifact, TaskProgress } from "../../run-record.ts";
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
import type { ArtifactStore } from "../../store/artifact-store.ts";
import type { MetadataStore, RunLease, StepPast } from "../../store/metadata-store.ts";
import { lostLease } from "../../store/sql/fence.ts";
import type { TaskOrder } from "../../task/task-order.ts";
import { taskFailure } from "../../task-failure.ts";
import type { RunTracer } from "../../telemetry/run-tracer.ts";
import { type Admission, demandOf } from "../../workers/admission/index.ts";
import { homePaths } from "../../home/home-paths.ts";
import { homeArtifacts } from "../../home/home-stores.ts";
import type { PoolEnd, PoolListener, PoolTask } from "../../workers/pool/pool-task.ts";
import { WorkerPool } from "../../workers/pool/worker-pool.ts";
import { workerSetup } from "../../workers/process/worker-setup.ts";
import { Expectations } from "./expectations.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { artifactOfStep } from "../../task/join-outcomes.ts";
import { StepItems } from "../../workers/step-items.ts";
import { SessionLogs } from "./session-logs.ts";
import { StepMeter } from "./step-meter.ts";
import { TaskInputs } from "../../workers/task-inputs.ts";

/** What a session works with. */
export interface SessionParts {
  readonly lease: RunLease;
  readonly record: RunHead;
  readonly past: ReadonlyMap<string, StepPast>;
  readonly metadata: MetadataStore;
  readonly artifacts: ArtifactStore;
  /** The session closes it. */
  readonly admission: Admission;
  readonly options: HostOptions;
  readonly clock: Clock;
  /** Null where nobody listens. */
  readonly tracer: RunTracer | null;
}

interface Message {
  readonly event: SchedulerEvent;
  readonly ended?: { readonly task: PoolTask; readonly end: PoolEnd };
}

/** One session of a run on this machine: carries the scheduler's commands out and tells it what came of them, one at a time. */
export class Session implements PoolListener {
  private readonly parts: SessionParts;
  private readonly pool: WorkerPool;
  private readonly items: StepItems;
  private readonly expectations: Expectations;
  private readonly meter: StepMeter;
  private readonly budget: BudgetWatch;
  private readonly inputs: TaskInputs;
  private readonly logs: SessionLogs;
  private readonly begun = new Set<string>();
  private readonly failures: RunFailure[] = [];
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
    this.meter = new StepMeter(parts.clock);
    this.logs = new SessionLogs(parts);
    this.budget = BudgetWatch.of(record, options.budgets, parts.metadata.usage, parts.clock);
    this.inputs = new TaskInputs(record.run, record.graph, options.home, this.items);
    for (const [step, { artifact }] of past) if (artifact !== null) this.inputs.artifacts.set(step, artifact);
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
      await this.giveUp(error);
      throw hostError(error, options.home);
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
    this.emit({ type: "task-started", run: lease.run, step, key, attempt });
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
    this.emit({ type: "task-progress", run: this.parts.lease.run, step: address.step, key, progress });
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
      if (message.ended !== undefined) await this.note(message.ended, commands);
      for (const command of commands) {
        if (command.type === "end-run") return await this.end(command.status);
        await this.obey(command, message.ended);
      }
    }
  }

  private async obey(
    command: Exclude<SchedulerCommand, { readonly type: "end-run" }>,
    ended: Message["ended"],
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
        this.timers.add(setTimeout(() => this.post({ event }), command.delayMs));
        return;
      }
      case "catch-task":
        return await this.catchTask(command, ended);
      case "withdraw-task":
      case "cancel-task":
        if (this.pool.withdraw(command)) this.post({ event: { ...command, type: "task-withdrawn" } });
        else if (command.type === "cancel-task") this.pool.cancel(command);
        return;
      case "close-step":
        return await this.closeStep(command.step, command.skipped);
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
    const { lease, metadata, past } = this.parts;
    const isPlan = start < 0;
    if (this.begun.has(step)) return;
    await metadata.beginStep(lease, step);
    if (isPlan) return;
    this.begun.add(step);
    if (this.nodeOf(step).kind === "foreach") await this.expectations.load(step);
    const width = this.state.run.steps.get(step)?.plan?.width ?? 0;
    const done = past.get(step)?.done.length ?? 0;
    await this.budget.mayFanOut(this.parts.record.graph, step, width - done);
    const progress = this.meter.begin(step, done, width);
    this.emit({ type: "step-started", run: lease.run, step, progress });
  }

  /** The failure of a task's last attempt becomes its outcome. */
  private async catchTask({ step, index }: TaskAddress, ended: Message["ended"]): Promise<void> {
    const { lease, metadata } = this.parts;
    const error = ended?.end.error;
    if (ended === undefined || error === null || error === undefined) return;
    const artifact = { inline: JSON.stringify(taskFailure(error)) };
    await metadata.catchTask(lease, { step, index, attempt: ended.end.attempt, artifact });
  }

  private async closeStep(step: string, skipped: boolean): Promise<void> {
    const { lease, metadata } = this.parts;
    try {
      const artifact = skipped ? { inline: "null" } : await this.joined(step);
      await metadata.closeStep(lease, step, artifact, skipped ? "skipped" : "done");
      this.inputs.artifacts.set(step, artifact);
      this.items.closeStep(step);
      const progress = this.meter.progress(step);
      this.emit({ type: skipped ? "step-skipped" : "step-finished", run: lease.run, step, progress });
      this.post({ event: { type: "step-closed", step } });
    } catch (error) {
      if (!breaksStep(error)) throw error;
      const log = this.logs.placeOfStep(step);
      this.failures.push({ step, key: null, attempt: 1, error: errorToJson(error), log });
      await metadata.failStep(lease, step);
      this.post({ event: { type: "step-broken", step } });
    }
  }

  private joined(step: string): Promise<StoredArtifact> {
    return artifactOfStep(this.parts, this.parts.lease.run, this.nodeOf(step), () => this.items.groupsOf(step));
  }

  private async note(
    { task, end }: NonNullable<Message["ended"]>,
    commands: readonly SchedulerCommand[],
  ): Promise<void> {
    const { step, index } = task.address;
    const { lease, metadata, clock } = this.parts;
    const retry = commands.find((command) => command.type === "delay-task");
    const isCaught = commands.some((command) => command.type === "catch-task");
    if ((end.status === "done" || isCaught) && index >= 0) this.meter.taskDone(step);
    if (end.error !== null && end.status !== "stopped" && retry === undefined && !isCaught) {
      const key = this.nodeOf(step).kind === "single" ? null : task.key;
      this.failures.push({ step, key, attempt: end.attempt, error: end.error, log: this.logOf(task, end.attempt) });
      await metadata.failStep(lease, step);
    }
    this.emit({
      ...{ type: "task-ended", run: lease.run, step, key: task.key, attempt: end.attempt, status: end.status },
      ...{ usage: end.usage, error: end.error, wallMs: clock.nowMs() - end.startedMs },
      retryInMs: retry?.delayMs ?? null,
      progress: this.meter.progress(step),
    });
  }

  private async end(status: "done" | "failed" | "interrupted"): Promise<StoredArtifact> {
    const { lease, metadata, record } = this.parts;
    const first = this.failures[0];
    const failed = first === undefined ? stoppedError(lease.run) : runError(lease.run, first, this.failures.length);
    await metadata.endRun(lease, status, status === "failed" ? errorToJson(failed) : null);
    this.emit({ type: "run-finished", run: lease.run, status });
    if (status !== "done") throw failed;
    return this.inputs.artifacts.get(record.graph.steps.at(-1)?.name ?? "") as StoredArtifact;
  }

  /** After a failure of the host itself the run is left so that it can be resumed, if the lease and the disk still allow that. */
  private async giveUp(error: unknown): Promise<void> {
    if (this.state.run.phase === "ended" || errorToJson(error).code === "run-locked") return;
    const told = errorToJson(hostError(error, this.parts.options.home));
    await this.parts.metadata.endRun(this.parts.lease, "interrupted", told).catch(() => "its lease runs out by itself");
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

  private emit(event: Parameters<NonNullable<HostOptions["onEvent"]>>[0]): void {
    this.parts.tracer?.note(event);
    this.parts.options.onEvent?.(event);
  }

  private nodeOf(step: string): StepNode {
    return nodeOf(this.parts.record.graph, step) as StepNode;
  }

  private logOf({ address, key }: PoolTask, attempt: number): string {
    return this.logs.placeOf({ step: address.step, index: address.index, key, attempt });
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
