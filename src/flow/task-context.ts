import type { TaskBlobs } from "./blob.ts";
import type { TaskDataSets } from "./namespace/task-data-sets.ts";
import type { TaskFacts } from "./run-record.ts";

/**
 * How much a line of a log matters, the least first. `debug` is dropped unless it is asked for; `print` is what the task
 * printed.
 */
export const logLevels = ["debug", "print", "info", "warn", "error"] as const;

/** One of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** Writes to the log of one task attempt. Fields are appended as JSON. */
export interface TaskLog {
  /** Dropped unless the run, or a rerun of the task, asks for debug lines. */
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Writes the page that a task leaves for people; each call adds to it. What is over its limit is dropped with a note. */
export interface TaskCardWriter {
  /** Shown in a frame that runs no script and loads nothing. */
  html(html: string): void;
  markdown(markdown: string): void;
}

/** What the function of a step is called with. */
export interface TaskContext<Params, Artifacts> {
  readonly params: Params;
  /** The artifacts of the earlier steps, by step; frozen, since warm workers share them between tasks. */
  readonly art: Artifacts;
  readonly run: { readonly id: string; readonly flow: string };
  /** Unique within its step: of a foreach the key of the item, else the name of the step. */
  readonly key: string;
  /** True in `kindred rerun`: what a step would put in place outside of its blobs must then stay as it is. */
  readonly isRerun: boolean;
  /** 1 for the first attempt of this task; goes on counting when a run is resumed. */
  readonly attempt: number;
  /** Written to the log of the attempt, as is what the task prints. */
  readonly log: TaskLog;
  /** Aborted when the run is stopped: a task that heeds it ends early instead of being killed after a grace period. */
  readonly signal: AbortSignal;
  /** Tells how far the task is; cheap enough to call in a loop. */
  progress(done: number, total: number, unit: string): void;
  /** Says how large the task's work is, so that skew can be explained; later words are laid over earlier ones. */
  facts(facts: TaskFacts): void;
  /** A page for people, kept with the attempt also when it fails. */
  readonly card: TaskCardWriter;
  /** Says what the task spent on language models, beside what it said before: budgets count it. */
  spend(spent: { readonly modelTokens?: number; readonly money?: number }): void;
  /**
   * Where the file, folder or glob of a path is on this machine, for reading only: the path itself, or on a cluster copies of what a
   * param of the run named (`files` of the flow) when the run was made. @throws artifact-damaged
   */
  file(path: string): Promise<string>;
  readonly blobs: TaskBlobs;
  readonly dataSets: TaskDataSets;
  /** Those that the step names, by name. What holds one is refused as a result, and masked in logs. */
  readonly secrets: Readonly<Record<string, string>>;
  /** An empty folder of the attempt, on the file system of the artifact store, made when first read and removed after it. */
  readonly tempDirectory: string;
}

/** What the function of a foreach is called with: the context of a task, and its item. */
export interface ItemContext<Params, Artifacts, Item> extends TaskContext<Params, Artifacts> {
  readonly item: Item;
}
