import { mkdirSync, rmSync } from "node:fs";
import { errorToJson, KindredError, systemClock } from "../../../base/index.ts";
import type { BlobRef, TaskBlobs } from "../../blob.ts";
import type { StepCode } from "../../flow.ts";
import { flowLimits } from "../../limits.ts";
import type { StoredArtifact, TaskProgress } from "../../run-record.ts";
import { expansionIndex } from "../../scheduler/index.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import type { ItemContext } from "../../task-context.ts";
import { expand } from "./expansion.ts";
import { LogFile } from "./log-file.ts";
import type { TaskOrder, TaskOutcome, WorkerSetup } from "./protocol.ts";
import { storeJson } from "./result.ts";
import { UsageMeter } from "./usage-meter.ts";

/** One attempt in its worker. */
export class TaskRun {
  readonly log: LogFile;
  readonly meter = new UsageMeter();
  readonly order: TaskOrder;
  progress: TaskProgress | null = null;
  private readonly setup: WorkerSetup;
  private readonly store: ArtifactStore;
  private readonly abort = new AbortController();

  constructor(setup: WorkerSetup, order: TaskOrder, store: ArtifactStore) {
    this.setup = setup;
    this.order = order;
    this.store = store;
    this.log = new LogFile(order.logPath, systemClock);
  }

  /** Never throws: what the task throws is its outcome. `code` and `art` are loaded inside, so their errors are the task's. */
  async run(code: () => Promise<StepCode>, art: () => Promise<unknown>, onProgress: () => void): Promise<TaskOutcome> {
    try {
      const step = await code();
      const context = this.context(await art(), onProgress);
      if (this.order.index === expansionIndex) return await this.expand(step, context);
      const result = await step.task(context as ItemContext<never, never, never>);
      return {
        type: "done",
        artifact: await storeJson(result ?? null, flowLimits.artifactBytes, this.store),
        width: null,
      };
    } catch (error) {
      this.log.write("error", error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { type: "failed", error: errorToJson(error) };
    } finally {
      this.log.close();
      rmSync(this.order.temporaryFolder, { recursive: true, force: true });
    }
  }

  cancel(): void {
    this.abort.abort(new KindredError("interrupted", { seen: "the run is being stopped" }));
  }

  private async expand(step: StepCode, context: { readonly art: unknown }): Promise<TaskOutcome> {
    const list = expand(step, context.art, this.setup.params);
    const artifact: StoredArtifact = await storeJson(list, flowLimits.foreachBytes, this.store);
    return { type: "done", artifact, width: list.keys.length };
  }

  private context(art: unknown, onProgress: () => void): ItemContext<unknown, unknown, unknown> {
    const { order } = this;
    return {
      params: this.setup.params,
      art,
      run: this.setup.run,
      key: order.key,
      attempt: order.attempt,
      item: order.item === null ? undefined : JSON.parse(order.item),
      log: this.log,
      signal: this.abort.signal,
      progress: (done, total, unit) => {
        this.progress = { done, total, unit };
        onProgress();
      },
      blobs: this.blobs(),
      get tempDirectory() {
        mkdirSync(order.temporaryFolder, { recursive: true });
        return order.temporaryFolder;
      },
    };
  }

  private blobs(): TaskBlobs {
    const { store, meter } = this;
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
