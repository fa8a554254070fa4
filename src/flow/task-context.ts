import type { TaskBlobs } from "./blob.ts";

/** Writes to the log of one task attempt. Fields are appended as JSON. */
export interface TaskLog {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What the function of a step is called with. */
export interface TaskContext<Params, Artifacts> {
  readonly params: Params;
  /** The artifacts of the earlier steps, by step; frozen, since warm workers share them between tasks. */
  readonly art: Artifacts;
  readonly run: { readonly id: string; readonly flow: string };
  /** Unique within its step: of a foreach the key of the item, else the name of the step. */
  readonly key: string;
  /** 1 for the first attempt of this task; goes on counting when a run is resumed. */
  readonly attempt: number;
  /** Written to the log of the attempt, as is what the task prints. */
  readonly log: TaskLog;
  /** Aborted when the run is stopped: a task that heeds it ends early instead of being killed after a grace period. */
  readonly signal: AbortSignal;
  /** Tells how far the task is; cheap enough to call in a loop. */
  progress(done: number, total: number, unit: string): void;
  readonly blobs: TaskBlobs;
  /** An empty folder of the attempt, on the file system of the artifact store, made when first read and removed after it. */
  readonly tempDirectory: string;
}

/** What the function of a foreach is called with: the context of a task, and its item. */
export interface ItemContext<Params, Artifacts, Item> extends TaskContext<Params, Artifacts> {
  readonly item: Item;
}
