import type { LeaseRow } from "./lease.ts";

/** A row of `runs` as it is listed. */
export interface ListedRow extends LeaseRow {
  readonly run: number;
  readonly flow: string;
  readonly project: string | null;
  readonly params: string;
  readonly namespace: string | null;
  readonly branch: string | null;
  readonly user_name: string | null;
  /** JSON of an array, or null. */
  readonly tags: string | null;
  readonly error: string | null;
  readonly created_ms: number;
  readonly ended_ms: number | null;
}

/** A row of `runs`. */
export interface RunRow extends ListedRow {
  readonly graph: string;
  readonly code: string;
  /** JSON of an array; null in runs of before there were data sets. */
  readonly pins: string | null;
  /** JSON of an array; null where the run's files are on its machine. */
  readonly inputs: string | null;
}

/** A row of `steps`. */
export interface StepRow {
  readonly position: number;
  readonly step: string;
  readonly kind: "single" | "foreach";
  readonly status: string;
  readonly width: number | null;
  readonly items: string | null;
  readonly artifact: string | null;
  readonly started_ms: number | null;
  readonly ended_ms: number | null;
}

/** A row of `tasks`. */
export interface TaskRow {
  readonly position: number;
  readonly item: number;
  readonly key: string;
  readonly status: string;
  readonly artifact: string | null;
}

/** A row of `attempts`. */
export interface AttemptRow {
  readonly position: number;
  readonly item: number;
  readonly attempt: number;
  readonly status: string;
  readonly started_ms: number;
  readonly ended_ms: number | null;
  readonly worker_pid: number;
  readonly worker_host: string | null;
  readonly cpu_seconds: number | null;
  readonly peak_rss_bytes: number | null;
  readonly blob_read_bytes: number | null;
  readonly blob_written_bytes: number | null;
  readonly model_tokens: number | null;
  readonly money: number | null;
  readonly progress: string | null;
  readonly error: string | null;
  readonly card: string | null;
  readonly facts: string | null;
  readonly log: string | null;
}
