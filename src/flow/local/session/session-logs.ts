import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../../base/index.ts";
import { homePaths } from "../../home/home-paths.ts";
import { areShared } from "../../home/home-stores.ts";
import type { LoggedAttempt, LogWriter, OpenLog, StoredLog } from "../../log/attempt-logs.ts";
import { FolderLogs } from "../../log/folder-logs.ts";
import { noteDeath } from "../../log/note-death.ts";
import { StoredLogWriter } from "../../log/stored-log-writer.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import type { MetadataWriter, RunLease } from "../../store/metadata-store.ts";
import type { StorePlaces } from "../../store/store-places.ts";
import type { PoolEnd } from "../../workers/pool/pool-task.ts";

/** What the logs of a session are kept by. */
export interface SessionLogParts {
  readonly lease: RunLease;
  readonly metadata: Pick<MetadataWriter, "keepLog">;
  readonly artifacts: ArtifactStore;
  readonly options: StorePlaces & { readonly home: string };
  readonly clock: Clock;
}

/** An attempt of the session's run. */
type Attempt = Omit<LoggedAttempt, "run">;

/**
 * The logs of a session's attempts: files of the home, or pieces in the artifact store, as those of a cluster's workers are, where
 * runs are read from other machines too.
 */
export class SessionLogs {
  /** The machine that attempts are noted with; undefined where their logs are nowhere but on it. */
  readonly host: string | undefined;
  private readonly parts: SessionLogParts;
  private readonly writer: LogWriter;
  private readonly open = new Map<string, OpenLog>();
  private isClosed = false;

  constructor(parts: SessionLogParts) {
    const { lease, metadata, artifacts: store, options } = parts;
    this.parts = parts;
    const isShared = areShared(options);
    this.host = isShared ? hostname() : undefined;
    const keep = ({ step, index, attempt }: LoggedAttempt, log: StoredLog): Promise<void> =>
      metadata.keepLog(lease, { step, index, attempt, log });
    const folder = homePaths(options.home).temporary;
    this.writer = isShared
      ? new StoredLogWriter({ store, folder, keep })
      : new FolderLogs(homePaths(options.home).logs);
  }

  /** The file that the attempt's process is to write to. */
  begin(attempt: Attempt): string {
    const log = this.writer.open(this.logged(attempt));
    // It may have been claimed as the session broke.
    if (this.isClosed) void log.abandon();
    else this.open.set(nameOf(attempt), log);
    return log.path;
  }

  /** Returns what the attempt's row is to name. */
  async end(attempt: Attempt, end: Pick<PoolEnd, "status" | "error">): Promise<StoredLog | null> {
    const log = this.open.get(nameOf(attempt)) as OpenLog;
    noteDeath(log.path, end, this.parts.clock);
    this.open.delete(nameOf(attempt));
    return log.close();
  }

  /** Leaves the logs of attempts that did not end as they are. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.open.values()].map((log) => log.abandon()));
  }

  /** Where people find the log of an attempt: a file, or the command that shows it on any machine. */
  placeOf(attempt: Attempt): string {
    const { lease, options } = this.parts;
    if (this.host !== undefined) return `kindred logs ${lease.run}/${attempt.step}/${attempt.key}`;
    return new FolderLogs(homePaths(options.home).logs).pathOf(this.logged(attempt));
  }

  /** Where they find those of a step. */
  placeOfStep(step: string): string {
    const { lease, options } = this.parts;
    return this.host === undefined
      ? join(homePaths(options.home).logs, lease.run, step)
      : `kindred logs ${lease.run}/${step}`;
  }

  private logged(attempt: Attempt): LoggedAttempt {
    return { run: this.parts.lease.run, ...attempt };
  }
}

function nameOf({ step, index, attempt }: Attempt): string {
  return `${step}/${index}/${attempt}`;
}
