import type { BlobRef } from "../blob.ts";

/** An attempt, as its log is found by. */
export interface LoggedAttempt {
  readonly run: string;
  readonly step: string;
  readonly index: number;
  readonly key: string;
  readonly attempt: number;
}

/** A log in the artifact store: pieces of its text, in order, each ending with a whole line. */
export type StoredLog = readonly BlobRef[];

/** The log of an attempt that runs. */
export interface OpenLog {
  /** The file that the attempt's process writes to; it makes it with the first line. */
  readonly path: string;
  /** Nothing more is written. Returns what the attempt's row is to name; null when the log stays where it is. Never throws. */
  close(): Promise<StoredLog | null>;
  /** Nothing more is written and no row will name it: what is stored stays as it is. Never throws. */
  abandon(): Promise<void>;
}

/** Where the logs of attempts go, on the machine that runs them. */
export interface LogWriter {
  open(attempt: LoggedAttempt): OpenLog;
}

/** Where the logs of attempts are read: all that was written so far, `""` when that is nothing. */
export interface LogReader {
  /** `stored` is what the attempt's row names. */
  read(attempt: LoggedAttempt, stored: StoredLog | null): Promise<string>;
}
