import type { Budgets } from "./budget/budget.ts";
import type { RunEvent } from "./run-event.ts";
import type { RunLabels } from "./run-record.ts";
import type { StorePlaces } from "./store/store-places.ts";
import type { TemporalPlace } from "./temporal/temporal-place.ts";
import type { ResourceChanges } from "./with-resources.ts";

/** How a run is hosted: on this machine, or on a cluster that this machine follows it on. */
export interface HostOptions extends StorePlaces {
  /** Folder of logs, and of run metadata and artifacts that have no other place; such as `.kindred`, made when absent. */
  readonly home: string;
  /** Cores to use at most, which is worker processes for tasks of one core. */
  readonly workers: number;
  /** What the code is, such as the version of the package: a run is pinned to it. */
  readonly codeVersion: string;
  /** A worker that neither answers nor computes for so long is killed, which costs its task an attempt. Default 60 s. */
  readonly silenceMs?: number;
  /** Limits the JavaScript heap of each worker (`--max-old-space-size`). */
  readonly workerHeapMiB?: number;
  /** The cluster that runs it, in place of this machine: then `metadata` and `artifacts` are what all its machines reach. */
  readonly temporal?: TemporalPlace | undefined;
  /** Where secrets that steps name are looked up; default is nowhere. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Environment of the workers; default is what this process has. */
  readonly workerEnvironment?: Readonly<Record<string, string>>;
  /** The lowest level that tasks write to their logs; default `info`. */
  readonly logLevel?: "debug" | "info";
  /** When the run is stopped, how long a running task may take to end by itself. Default 3 s. */
  readonly stopGraceMs?: number;
  readonly onEvent?: (event: RunEvent) => void;
  /** Ceilings of what runs use. Beyond one no run starts and no step fans out; a run that reaches one stops, resumably. */
  readonly budgets?: Budgets | undefined;
  /** The right to run in the namespace `prod`: kept in memory alone. */
  readonly productionToken?: string | undefined;
  /** Stops the run politely; it can be resumed. */
  readonly signal?: AbortSignal;
}

/** What a new run is. */
export interface StartOptions extends HostOptions, RunLabels {
  /** The module that exports the flow, as workers load it: a `file:` URL or an absolute path. */
  readonly flowModule: URL | string;
  /** Default `default`. */
  readonly exportName?: string;
  /** The project that the run belongs to, in place of the one that the flow names. */
  readonly project?: string | undefined;
  /** Laid over the defaults of the flow; unknown names are refused. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** The firing of a trigger that the run is made for. */
  readonly firing?: string | undefined;
  /** Resources of a task, by step, in this run, in place of what the flow declares. Unknown steps are refused. */
  readonly resources?: ResourceChanges;
}

/** Which run goes on. */
export interface ResumeOptions extends HostOptions {
  /** The id, or `latest`. */
  readonly run: string;
  /** From now on, other resources of a task, by step. Unknown steps are refused. */
  readonly resources?: ResourceChanges;
  /** Where the flow is now, when it moved since the run began. */
  readonly flowModule?: URL | string;
  /**
   * What to do when the code is another than the run began with; without a decision that is refused. `new`: the code here; steps that
   * the change reaches, and those after them, run again. `old`: the code that it began with. `mixed`: the code here for what is
   * left, while every finished task of a step that still means the same keeps its result.
   */
  readonly code?: "new" | "old" | "mixed" | undefined;
}

/** A run that is done. All other ends are errors: run-failed, interrupted, run-locked, or the code of the task's bad input. */
export interface RunResult {
  readonly run: string;
  readonly status: "done";
  /** The artifact of the last step. */
  readonly artifact: unknown;
}
