import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { LoggedAttempt, LogWriter, OpenLog, StoredLog } from "./attempt-logs.ts";
import { LogPieces } from "./log-pieces.ts";

/** A log is stored so often while its attempt runs: what a machine that dies takes with it at most. */
const keepMs = 2_000;

/** What a writer of stored logs works with. */
export interface StoredLogParts {
  readonly store: ArtifactStore;
  /** Where the files are until they are stored. */
  readonly folder: string;
  /** Names the pieces in the attempt's row, while it runs. */
  readonly keep: (attempt: LoggedAttempt, stored: StoredLog) => Promise<void>;
  readonly keepMs?: number;
}

/** Logs of attempts that other machines read: written to a file here, which goes into the artifact store piece by piece. */
export class StoredLogWriter implements LogWriter {
  private readonly parts: StoredLogParts;

  constructor(parts: StoredLogParts) {
    this.parts = parts;
  }

  open(attempt: LoggedAttempt): OpenLog {
    const { store, folder, keep } = this.parts;
    // A worker that was killed may have left the file of an attempt of that number in another database.
    const name = `${attempt.step}-${attempt.index}-${attempt.attempt}-${randomUUID().slice(0, 8)}.log`;
    const path = join(folder, attempt.run, name);
    const pieces = new LogPieces(path, store);
    // A log that cannot be kept now is tried again with its next piece: no reason to fail a task.
    const add = async (): Promise<void> => {
      if (await pieces.add()) await keep(attempt, pieces.stored);
    };
    let adding = Promise.resolve();
    const next = (work: () => Promise<unknown>): Promise<void> => {
      adding = adding.then(work).then(ignore, ignore);
      return adding;
    };
    const timer = setInterval(() => void next(add), this.parts.keepMs ?? keepMs).unref();
    const close = async (): Promise<StoredLog | null> => {
      clearInterval(timer);
      await next(async () => {
        await pieces.add();
        await rm(path, { force: true });
      });
      return pieces.stored.length === 0 ? null : pieces.stored;
    };
    const abandon = async (): Promise<void> => {
      clearInterval(timer);
      await rm(path, { force: true }).then(ignore, ignore);
    };
    return { path, close, abandon };
  }
}

function ignore(): void {}
