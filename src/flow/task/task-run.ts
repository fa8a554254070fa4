import { mkdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { type ErrorJson, errorToJson, KindredError, systemClock } from "../../base/index.ts";
import type { BlobRef, TaskBlobs } from "../blob.ts";
import type { AnyFlow, StepCode } from "../flow.ts";
import type { InputPaths } from "../inputs/local-inputs.ts";
import { flowLimits } from "../limits.ts";
import { LogFile } from "../log/log-file.ts";
import type { TaskFacts, TaskProgress } from "../run-record.ts";
import { planIndex } from "../scheduler/address.ts";
import { ancestorsOf, nodeOf, type StepNode } from "../step-graph.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { ItemContext } from "../task-context.ts";
import { tracedTask } from "../telemetry/traced-task.ts";
import type { ArtifactView } from "./artifact-view.ts";
import { CardWriter } from "./card-writer.ts";
import { DataSetsOfTask } from "./data-sets-of-task.ts";
import { GuardedStore } from "./guarded-store.ts";
import { planStep } from "./plan-step.ts";
import { storeJson } from "./result.ts";
import { Secrets } from "./secrets.ts";
import type { TaskEnding, TaskNotes, TaskOrder, TaskOutcome, TaskSetup } from "./task-order.ts";
import { UsageMeter } from "./usage-meter.ts";

/** What a task has just told: how far it is, which may come often, or that it paid, which must be known if it dies the next moment. */
export type OnTaskNews = (news: "progress" | "spent") => void;

/** One attempt in its worker. */
export class TaskRun {
  readonly log: LogFile;
  readonly meter = new UsageMeter();
  readonly order: TaskOrder;
  progress: TaskProgress | null = null;
  private readonly setup: TaskSetup;
  private readonly store: ArtifactStore;
  private readonly abort = new AbortController();
  private readonly card = new CardWriter();
  private facts: TaskFacts | null = null;
  private readonly dataSets: DataSetsOfTask;
  private readonly inputs: InputPaths;
  /** What the code of the task stores. */
  private readonly guarded: GuardedStore;

  /** @param inputs may be shared by the tasks of a process: what it has read of them it keeps */
  constructor(setup: TaskSetup, order: TaskOrder, store: ArtifactStore, inputs: InputPaths, log?: LogFile) {
    this.setup = setup;
    this.order = order;
    this.store = store;
    this.guarded = new GuardedStore(store);
    this.log = log ?? new LogFile(order.logPath, systemClock, setup.logLevel);
    this.inputs = inputs;
    this.dataSets = new DataSetsOfTask(setup.dataSets, this.guarded, this.meter, order.temporaryFolder);
  }

  /** Never throws: what the task throws is its outcome. The flow and the artifacts are loaded inside, so their errors are the task's. */
  async run(flow: Promise<AnyFlow>, artifacts: ArtifactView, onNews: OnTaskNews): Promise<TaskOutcome> {
    try {
      const ending = await this.ending(flow, artifacts, onNews);
      return { ...ending, ...(await this.notes()) };
    } finally {
      this.log.close();
      rmSync(this.order.temporaryFolder, { recursive: true, force: true });
    }
  }

  cancel(): void {
    this.abort.abort(new KindredError("interrupted", { seen: "the run is being stopped" }));
  }

  private get secrets(): Secrets {
    return this.guarded.secrets;
  }

  private async ending(flow: Promise<AnyFlow>, artifacts: ArtifactView, onNews: OnTaskNews): Promise<TaskEnding> {
    try {
      const { graph, code } = await flow;
      const [node, stepCode] = [nodeOf(graph, this.order.step), code.get(this.order.step)];
      if (node === undefined || stepCode === undefined) throw noStep(this.order.step);
      this.guarded.secrets = new Secrets(node.secrets ?? [], this.setup.secrets ?? {});
      this.log.mask = (text) => this.secrets.mask(text);
      await artifacts.add(this.order.artifacts);
      const art = artifacts.view(ancestorsOf(graph, node.name));
      if (this.order.index === planIndex) return await this.plan(node, stepCode, art);
      const context = this.context(art, onNews) as ItemContext<never, never, never>;
      const result = await tracedTask(this.order, () => stepCode.task(context));
      const artifact = await storeJson(result ?? null, flowLimits.artifactBytes, this.store, "a result", (bytes) =>
        this.secrets.assertAbsent("the result", bytes),
      );
      return { type: "done", artifact, plan: null, dataSets: this.dataSets.made };
    } catch (error) {
      const told = ofThisMachine(errorToJson(error, (text) => this.secrets.mask(text)));
      this.log.write("error", told.stack ?? told.message);
      return { type: "failed", error: this.secrets.masked(told) };
    }
  }

  /** A card that cannot be stored (a full disk) is told in the log, and fails nothing. */
  private async notes(): Promise<TaskNotes> {
    const facts = this.facts === null ? null : this.secrets.masked(this.facts);
    const card = this.card.card();
    if (card === null) return { card, facts };
    try {
      const text = this.secrets.mask(JSON.stringify(card));
      return { card: await this.store.put(new TextEncoder().encode(text)), facts };
    } catch (error) {
      this.log.write("warn", `the card could not be kept: ${errorToJson(error).message}`);
      return { card: null, facts };
    }
  }

  private async plan(node: StepNode, code: StepCode, art: Readonly<Record<string, unknown>>): Promise<TaskEnding> {
    const { store, setup, order } = this;
    const found = await planStep({ node, code, art, params: setup.params, outer: order.outer, store });
    const artifact = await storeJson(found, flowLimits.foreachBytes, store, "a list of pages of items");
    return { type: "done", artifact, plan: { width: found.width, skipped: found.skipped } };
  }

  private context(art: unknown, onNews: OnTaskNews): ItemContext<unknown, unknown, unknown> {
    const { order } = this;
    return {
      params: this.setup.params,
      art,
      run: this.setup.run,
      key: order.key,
      isRerun: this.setup.isRerun === true,
      attempt: order.attempt,
      item: order.item === null ? undefined : JSON.parse(order.item),
      log: this.log,
      signal: this.abort.signal,
      progress: (done, total, unit) => {
        this.progress = { done, total, unit: this.secrets.mask(unit) };
        onNews("progress");
      },
      facts: (facts) => {
        this.facts = { ...this.facts, ...facts };
      },
      card: this.card,
      spend: ({ modelTokens = 0, money = 0 }) => {
        this.meter.modelTokens += modelTokens;
        this.meter.money += money;
        onNews("spent");
      },
      file: (path) => this.inputs.path(path),
      blobs: this.blobs(),
      dataSets: this.dataSets,
      secrets: this.secrets.values,
      get tempDirectory() {
        mkdirSync(order.temporaryFolder, { recursive: true });
        return order.temporaryFolder;
      },
    };
  }

  private blobs(): TaskBlobs {
    const { guarded: store, meter } = this;
    const written = (ref: BlobRef, name: string | undefined): BlobRef => {
      meter.blobWrittenBytes += ref.byteCount;
      return name === undefined ? ref : { ...ref, name };
    };
    const read = <T>(ref: BlobRef, value: T): T => {
      meter.blobReadBytes += ref.byteCount;
      return value;
    };
    return {
      put: async (bytes, name) => written(await store.put(bytes), name),
      putFile: async (path, options) => written(await store.putFile(path, options?.move ?? false), options?.name),
      get: async (ref) => read(ref, await store.get(ref)),
      path: async (ref) => read(ref, await store.path(ref)),
    };
  }
}

/** A full disk is that of one machine, and those who read of it may be on any other. */
function ofThisMachine(error: ErrorJson): ErrorJson {
  const { code, parts } = error;
  if (code !== "disk-full" || parts.hint !== undefined) return error;
  const named = { ...parts, seen: `${parts.seen} (on ${hostname()})` };
  return { ...error, message: new KindredError(code, named).message, parts: named };
}

function noStep(step: string): KindredError {
  return new KindredError("config-invalid", {
    seen: `the flow has no step "${step}" any more`,
    hint: "Resume the run with the code it began with",
  });
}
