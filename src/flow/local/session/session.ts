import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, errorToJson, KindredError } from "../../../base/index.ts";
import type { HostOptions } from "../../run-options.ts";
import type { RunRecord, StoredArtifact, TaskProgress } from "../../run-record.ts";
import {
  advance,
  initialState,
  type RunState,
  type SchedulerCommand,
  type SchedulerEvent,
} from "../../scheduler/index.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import type { MetadataStore, RunLease, StepPast } from "../../store/metadata-store.ts";
import { homePaths, logPath } from "../home.ts";
import type { PoolEnd, PoolListener, PoolTask } from "../pool/pool-task.ts";
import { WorkerPool } from "../pool/worker-pool.ts";
import { hostError, isFatal, runError, stoppedError, type TaskFailure } from "../run-errors.ts";
import { LogFile } from "../worker/log-file.ts";
import type { TaskOrder } from "../worker/protocol.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { ItemLists } from "./item-lists.ts";
import { joinOutcomes } from "./join-outcomes.ts";
import { StepMeter } from "./step-meter.ts";

/** What a session works with. */
export interface SessionParts {
  readonly lease: RunLease;
  readonly record: RunRecord;
  readonly past: ReadonlyMap<string, StepPast>;
  readonly metadata: MetadataStore;
  readonly artifacts: ArtifactStore;
  readonly options: HostOptions;
  readonly clock: Clock;
}

interface Message {
  readonly event: SchedulerEvent;
  readonly ended?: { readonly task: PoolTask; readonly end: PoolEnd };
}

const stopGraceMs = 3_000;

/** One session of a run on this machine: carries the scheduler's commands out and tells it what came of them, one at a time. */
export class Session implements PoolListener {
  private readonly parts: SessionParts;
  private readonly pool: WorkerPool;
  private readonly items: ItemLists;
  private readonly meter: StepMeter;
  private readonly artifacts = new Map<string, StoredArtifact>();
  private readonly begun = new Set<string>();
  private readonly failures: TaskFailure[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly inbox: Message[] = [];
  private state: RunState;
  private wake: () => void = () => {};
  private breakage: { readonly error: unknown } | null = null;

  constructor(parts: SessionParts) {
    const { record, past, options } = parts;
    this.parts = parts;
    this.items = new ItemLists(parts.artifacts);
    this.meter = new StepMeter(parts.clock);
    for (const [step, { artifact }] of past) if (artifact !== null) this.artifacts.set(step, artifact);
    const history = [...past].map(([step, each]) => [step, { ...each, closed: each.artifact !== null }] as const);
    this.state = initialState(record.graph, new Map(history));
    const { flowModule, exportName } = record.code;
    const run = { id: record.run, flow: record.flow };
    const setup = {
      type: "setup",
      flowModule,
      exportName,
      run,
      params: record.params,
      blobFolder: homePaths(options.home).blobs,
    } as const;
    const { cache: cacheFolder } = homePaths(options.home);
    const worker = { setup, cacheFolder, heapMiB: options.workerHeapMiB, environment: options.workerEnvironment };
    const grace = options.stopGraceMs ?? stopGraceMs;
    this.pool = new WorkerPool({ cores: options.workers, worker, stopGraceMs: grace, clock: parts.clock }, this);
  }

  /** To the end of the run. Returns the artifact of the last step. @throws what the run failed by */
  async run(): Promise<StoredArtifact> {
    const { lease, metadata, options } = this.parts;
    const stopHeartbeat = startHeartbeat(metadata, lease, (error) => this.broken(error ?? lostError(lease.run)));
    const stop = (): void => this.post({ event: { type: "stop" } });
    options.signal?.addEventListener("abort", stop);
    try {
      await this.loadItems();
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
      await rm(this.temporaryFolder(), { recursive: true, force: true });
    }
  }

  async begin({ address, key }: PoolTask, workerPid: number, known: ReadonlySet<string>): Promise<TaskOrder> {
    const { step, index } = address;
    const { lease, metadata, options } = this.parts;
    const attempt = await metadata.beginAttempt(lease, { step, index, key, workerPid });
    this.emit({ type: "task-started", run: lease.run, step, key, attempt });
    return {
      type: "task",
      ...{ step, index, key, attempt },
      item: this.items.item(step, index),
      artifacts: Object.fromEntries([...this.artifacts].filter(([name]) => !known.has(name))),
      logPath: logPath(options.home, lease.run, step, key, attempt),
      temporaryFolder: join(this.temporaryFolder(), `${step}-${index}-${attempt}`),
    };
  }

  async ended(task: PoolTask, end: PoolEnd): Promise<void> {
    const { step, index } = task.address;
    const { lease, metadata, clock } = this.parts;
    if (end.status === "done" && end.width !== null && end.artifact !== null) {
      await this.items.load(step, end.artifact);
      await metadata.recordItems(lease, step, end.artifact, end.width);
    }
    await metadata.endAttempt(lease, { step, index, ...end });
    if (end.status === "crashed" || end.status === "timed-out") {
      const log = new LogFile(this.logOf(task, end.attempt), clock);
      log.write("error", end.error?.message ?? end.status);
      log.close();
    }
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
        await this.obey(command);
      }
    }
  }

  private async obey(command: Exclude<SchedulerCommand, { readonly type: "end-run" }>): Promise<void> {
    switch (command.type) {
      case "start-task":
        await this.beginStep(command.step, command.index);
        return this.pool.submit({
          address: command,
          key: this.items.key(command.step, command.index),
          ...this.needsOf(command.step),
        });
      case "delay-task": {
        const event = { ...command, type: "delay-over" } as const;
        this.timers.add(setTimeout(() => this.post({ event }), command.delayMs));
        return;
      }
      case "withdraw-task":
      case "cancel-task":
        if (this.pool.withdraw(command)) this.post({ event: { ...command, type: "task-withdrawn" } });
        else if (command.type === "cancel-task") this.pool.cancel(command);
        return;
      case "close-step":
        return await this.closeStep(command.step);
    }
  }

  private async beginStep(step: string, index: number): Promise<void> {
    const { lease, metadata, past } = this.parts;
    const isExpansion = index < 0;
    if (this.begun.has(step)) return;
    await metadata.beginStep(lease, step);
    if (isExpansion) return;
    this.begun.add(step);
    const progress = this.meter.begin(step, past.get(step)?.done.length ?? 0, this.state.steps.get(step)?.width ?? 0);
    this.emit({ type: "step-started", run: lease.run, step, progress });
  }

  private async closeStep(step: string): Promise<void> {
    const { lease, metadata, artifacts } = this.parts;
    try {
      const outcomes = await metadata.readOutcomes(lease.run, step);
      const isSingle = this.nodeOf(step)?.kind === "single";
      const artifact = isSingle && outcomes[0] !== undefined ? outcomes[0] : await joinOutcomes(outcomes, artifacts);
      await metadata.closeStep(lease, step, artifact);
      this.artifacts.set(step, artifact);
      this.items.forget(step);
      this.emit({ type: "step-finished", run: lease.run, step, progress: this.meter.progress(step) });
      this.post({ event: { type: "step-closed", step } });
    } catch (error) {
      if (!(error instanceof KindredError) || error.code === "run-locked") throw error;
      const folder = join(homePaths(this.parts.options.home).logs, lease.run, step);
      this.failures.push({ step, key: null, attempt: 1, error: errorToJson(error), logPath: folder });
      await metadata.failStep(lease, step);
      this.post({ event: { type: "step-broken", step } });
    }
  }

  private async note(
    { task, end }: NonNullable<Message["ended"]>,
    commands: readonly SchedulerCommand[],
  ): Promise<void> {
    const { step, index } = task.address;
    const { lease, metadata, clock } = this.parts;
    const retry = commands.find((command) => command.type === "delay-task");
    if (end.status === "done" && index >= 0) this.meter.taskDone(step);
    if (end.error !== null && end.status !== "stopped" && retry === undefined) {
      const key = this.nodeOf(step)?.kind === "single" ? null : task.key;
      this.failures.push({ step, key, attempt: end.attempt, error: end.error, logPath: this.logOf(task, end.attempt) });
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
    return this.artifacts.get(record.graph.steps.at(-1)?.name ?? "") as StoredArtifact;
  }

  /** After a failure of the host itself the run is left so that it can be resumed, if the lease and the disk still allow that. */
  private async giveUp(error: unknown): Promise<void> {
    if (this.state.phase === "ended" || errorToJson(error).code === "run-locked") return;
    await this.parts.metadata.endRun(this.parts.lease, "interrupted", null).catch(() => "its lease runs out by itself");
  }

  private async loadItems(): Promise<void> {
    for (const [step, { items, artifact }] of this.parts.past) {
      if (items !== null && artifact === null) await this.items.load(step, items);
    }
  }

  private post(message: Message): void {
    this.inbox.push(message);
    this.wake();
  }

  private emit(event: Parameters<NonNullable<HostOptions["onEvent"]>>[0]): void {
    this.parts.options.onEvent?.(event);
  }

  private needsOf(step: string): { readonly cpu: number; readonly timeoutMs: number | null } {
    const node = this.nodeOf(step);
    return { cpu: node?.cpu ?? 1, timeoutMs: node?.timeoutMs ?? null };
  }

  private nodeOf(step: string): RunRecord["graph"]["steps"][number] | undefined {
    return this.parts.record.graph.steps.find(({ name }) => name === step);
  }

  private logOf(task: PoolTask, attempt: number): string {
    return logPath(this.parts.options.home, this.parts.lease.run, task.address.step, task.key, attempt);
  }

  private temporaryFolder(): string {
    return join(homePaths(this.parts.options.home).temporary, this.parts.lease.run);
  }
}

function eventOf({ address }: PoolTask, end: PoolEnd): SchedulerEvent {
  const { step, index, attempt } = address;
  if (end.status === "done")
    return { type: "task-done", step, index, attempt, ...(end.width === null ? {} : { width: end.width }) };
  if (end.status === "stopped") return { type: "task-withdrawn", step, index, attempt };
  return { type: "task-failed", step, index, attempt, fatal: end.error !== null && isFatal(end.error) };
}

function lostError(run: string): KindredError {
  return new KindredError("run-locked", {
    seen: "the run was taken over by another scheduler, since this one did not renew its lease in time",
    where: { run },
  });
}
