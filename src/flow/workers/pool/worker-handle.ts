import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FromWorker, ToWorker, WorkerSetup } from "../process/protocol.ts";
import { LastWords } from "./last-words.ts";
import { killTree } from "./process-tree.ts";

/** How workers are started. */
export interface WorkerOptions {
  readonly setup: WorkerSetup;
  /** Limits the JavaScript heap of any worker. */
  readonly heapMiB: number | undefined;
  readonly environment: Readonly<Record<string, string>> | undefined;
  /** Folder of compiled code, shared by the workers. */
  readonly cacheFolder: string;
}

/** What a worker's death is known by. */
export interface WorkerEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it printed outside of tasks' logs, such as the last words of a runtime out of memory; secrets are masked. */
  readonly lastWords: string;
}

/**
 * A small nursery and an old generation that may not quite double between collections: a task's live data are small beside the
 * garbage V8 would let pile up on a large machine. Over all processes, linking seven catalogues (66,633 records) peaked at
 * 1,226 MiB with V8's defaults, 1,047 with the nursery, 826 with both, for 7 % more CPU; movielens with imdb5000 at 639, 455, 366.
 */
export const memoryFlags: readonly string[] = ["--max-semi-space-size=8", "--expose-gc", "--heap-growing-percent=80"];

const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const entry = fileURLToPath(new URL(`../process/worker-entry.${extension}`, import.meta.url));

/** One worker process, in a process group of its own so that it is killed with all that it started. */
export class WorkerHandle {
  /** Steps whose artifacts it has been told of. */
  readonly knownArtifacts = new Set<string>();
  /** What its JavaScript heap is limited to; null is no limit of ours. */
  readonly heapMiB: number | null;
  onMessage: (message: FromWorker) => void = () => {};
  onEnd: (end: WorkerEnd) => void = () => {};
  /** Resolves when it is gone. */
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private readonly lastWords: LastWords;

  constructor(options: WorkerOptions, heapMiB: number | null) {
    this.heapMiB = heapMiB;
    this.lastWords = new LastWords(options.setup.secrets ?? {});
    const heap = heapMiB === null ? [] : [`--max-old-space-size=${Math.max(1, Math.floor(heapMiB))}`];
    this.child = fork(entry, [options.cacheFolder], {
      detached: true,
      execArgv: [...heap, ...memoryFlags, "--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      ...(options.environment === undefined ? {} : { env: { ...options.environment } }),
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => this.lastWords.add(chunk));
    this.child.on("message", (message) => this.onMessage(message as FromWorker));
    this.ended = new Promise((resolve) => {
      const end = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
        if (this.pid !== 0) killTree(this.pid);
        resolve();
        this.onEnd({ exitCode, signal, lastWords: this.lastWords.toString() });
      };
      this.child.once("close", end);
      this.child.once("error", (error) => {
        this.lastWords.add(error.message);
        if (this.child.pid === undefined) end(null, null);
      });
    });
    this.send(options.setup);
  }

  /** 0 when it could not be started. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** A worker that is gone takes no message: its end is told apart. */
  send(message: ToWorker): void {
    if (this.child.connected) this.child.send(message, () => {});
  }

  /** Kills it and all that it started. */
  kill(): void {
    if (this.pid !== 0) killTree(this.pid);
  }

  async killed(): Promise<void> {
    this.kill();
    await this.ended;
  }
}
