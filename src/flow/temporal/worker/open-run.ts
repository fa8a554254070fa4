import { join } from "node:path";
import { KindredError } from "../../../base/index.ts";
import { BudgetWatch } from "../../budget/budget-watch.ts";
import { fetchCode } from "../../code/fetch-code.ts";
import { homePaths } from "../../home/home-paths.ts";
import type { LoggedAttempt, LogWriter, OpenLog, StoredLog } from "../../log/attempt-logs.ts";
import { StoredLogWriter } from "../../log/stored-log-writer.ts";
import type { RunHead } from "../../run-record.ts";
import { planIndex, planKey, planWindow, type StepPlan } from "../../scheduler/index.ts";
import { ancestorsOf, nodeOf, type StepNode } from "../../step-graph.ts";
import type { TaskOrder } from "../../task/task-order.ts";
import { AttemptTracer } from "../../telemetry/attempt-tracer.ts";
import { Admission, demandOf, hostCapacity, readHostConfig } from "../../workers/admission/index.ts";
import type { PoolEnd, PoolListener, PoolTask } from "../../workers/pool/pool-task.ts";
import { WorkerPool } from "../../workers/pool/worker-pool.ts";
import { workerSetup } from "../../workers/process/worker-setup.ts";
import { StepItems } from "../../workers/step-items.ts";
import { TaskInputs } from "../../workers/task-inputs.ts";
import type { RunOrder } from "../wire.ts";
import { WindowUses } from "./window-uses.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** Ended in the worker process; to be committed. */
export interface RunningTask {
  readonly end: Promise<PoolEnd>;
  readonly log: OpenLog;
  cancel(): void;
}

interface Waiting {
  readonly attempt: number;
  readonly log: OpenLog;
  resolve(end: PoolEnd): void;
  reject(error: unknown): void;
}

/** A run on one worker of a cluster: its code, its warm processes, its items and the artifacts of its closed steps. */
export class OpenRun implements PoolListener {
  readonly order: RunOrder;
  readonly head: RunHead;
  readonly items: StepItems;
  readonly budget: BudgetWatch;
  /** What the pool broke by: nothing is handed to it any more. */
  breakage: { readonly error: unknown } | null = null;
  private readonly parts: WorkerParts;
  private readonly pool: WorkerPool;
  private readonly windows: WindowUses;
  private readonly inputs: TaskInputs;
  private readonly logs: LogWriter;
  /** Null where nobody listens. */
  private readonly tracer: AttemptTracer | null;
  private readonly waiting = new Map<string, Waiting>();
  private readonly prepared = new Map<string, Promise<void>>();

  private constructor(
    parts: WorkerParts,
    order: RunOrder,
    head: RunHead,
    flowModule: string,
    tracer: AttemptTracer | null,
  ) {
    this.parts = parts;
    this.tracer = tracer;
    this.order = order;
    this.head = head;
    this.items = new StepItems(parts.artifacts);
    this.windows = new WindowUses(this.items);
    this.budget = BudgetWatch.of(head, order.wishes?.budgets, parts.metadata.usage, parts.clock);
    this.inputs = new TaskInputs(head.run, head.graph, parts.home, this.items);
    const keep = ({ step, index, attempt }: LoggedAttempt, log: StoredLog): Promise<void> =>
      parts.metadata.keepLog(order, { step, index, attempt, log });
    this.logs = new StoredLogWriter({ store: parts.artifacts, folder: homePaths(parts.home).temporary, keep });
    const { cache: cacheFolder, inputs: inputsFolder } = homePaths(parts.home);
    const { environment, place } = parts;
    const { logLevel } = order.wishes ?? {};
    const setup = workerSetup(head, { flowModule, artifacts: place, inputsFolder, environment, logLevel });
    const worker = { setup, cacheFolder, heapMiB: undefined, environment: undefined };
    const { home, cores, clock } = parts;
    const capacity = hostCapacity(home, readHostConfig(home), cores);
    const admission = new Admission(homePaths(home).admission, capacity, clock);
    this.pool = new WorkerPool({ admission, worker, clock }, this);
  }

  /** @throws refused when the code is not what the run is pinned to */
  static async open(parts: WorkerParts, order: RunOrder): Promise<OpenRun> {
    const head = await parts.metadata.readHead(order.run);
    const { pin } = head.code;
    if (pin === undefined) throw notPinned(order.run);
    const flowModule = await fetchCode(pin, parts.artifacts, join(parts.home, "code"));
    const tracer = await AttemptTracer.open(order.run, order.wishes?.trace);
    return new OpenRun(parts, order, head, flowModule, tracer);
  }

  nodeOf(step: string): StepNode {
    return nodeOf(this.head.graph, step) as StepNode;
  }

  /** Has what the plan's task of a step needs, or its other tasks: once each, since another worker may have made the plan. */
  prepare(step: string, index: number): Promise<void> {
    const name = index === planIndex ? `plan of ${step}` : step;
    const known = this.prepared.get(name) ?? this.load(step);
    this.prepared.set(name, known);
    known.catch(() => this.prepared.delete(name));
    return known;
  }

  /** What the plan of a step found out, here or on another worker. */
  async planOf(step: string): Promise<StepPlan | null> {
    if (this.items.planOf(step) === null) await this.load(step);
    return this.items.planOf(step);
  }

  /** Has the items of a window while the work lasts. */
  async withWindow<T>(step: string, window: number, work: () => Promise<T>): Promise<T> {
    return this.windows.use({ step, window }, () => {
      const isKnown = this.nodeOf(step).kind === "single" || window === planWindow || this.items.planOf(step) !== null;
      if (isKnown) return work();
      const seen = `the items of ${step} are not known to this worker`;
      throw new KindredError("internal", { seen, where: { step } });
    });
  }

  keyOf(step: string, index: number): string {
    return index === planIndex ? planKey(this.nodeOf(step)) : this.items.key(step, index);
  }

  /** Runs an attempt that the metadata knows of. @throws what the pool broke by */
  start(step: string, index: number, attempt: number): RunningTask {
    if (this.breakage !== null) throw this.breakage.error;
    const node = this.nodeOf(step);
    const address = { step, index, attempt };
    const key = this.keyOf(step, index);
    const log = this.logs.open({ run: this.order.run, key, ...address });
    const end = new Promise<PoolEnd>((resolve, reject) => {
      this.waiting.set(nameOf(address), { attempt, log, resolve, reject });
    });
    const demand = demandOf(node, index, this.parts.cores);
    const { timeoutMs, isolate } = node;
    this.pool.submit({ address, key, demand, timeoutMs, isolate, expectedMs: 0 });
    return { end, log, cancel: () => this.pool.cancel(address) };
  }

  async begin({ address, key }: PoolTask, _workerPid: number, known: ReadonlySet<string>): Promise<TaskOrder> {
    const { attempt, log } = this.waiting.get(nameOf(address)) as Waiting;
    const trace = this.tracer?.begin({ step: address.step, key, attempt }) ?? this.order.wishes?.trace;
    const order = this.inputs.orderOf({ ...address, attempt, key }, log.path, known);
    return trace === undefined ? order : { ...order, trace };
  }

  async ended({ address, key }: PoolTask, end: PoolEnd): Promise<void> {
    this.tracer?.end({ step: address.step, key, attempt: end.attempt }, end);
    this.waiting.get(nameOf(address))?.resolve(end);
    this.waiting.delete(nameOf(address));
  }

  progress(): void {}

  broken(error: unknown): void {
    this.breakage ??= { error };
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
    this.pool.close().catch(() => "what broke it is told");
  }

  async close(): Promise<void> {
    this.tracer?.close();
    await this.pool.close();
  }

  private async load(step: string): Promise<void> {
    const { metadata } = this.parts;
    await metadata.beginStep(this.order, step);
    const ancestors = ancestorsOf(this.head.graph, step);
    const { within } = this.nodeOf(step);
    for (const [name, { items, artifact }] of await metadata.readStoredSteps(this.order.run)) {
      if (items !== null && (name === step || name === within)) await this.items.add(name, items, name !== step);
      if (artifact !== null && ancestors.has(name)) this.inputs.artifacts.set(name, artifact);
    }
  }
}

function nameOf({ step, index }: { readonly step: string; readonly index: number }): string {
  return `${step}/${index}`;
}

function notPinned(run: string): KindredError {
  return new KindredError("refused", {
    seen: "the run is pinned to no code package: it was started on one machine",
    hint: `Go on with it there: kindred resume ${run}`,
    where: { run },
  });
}
