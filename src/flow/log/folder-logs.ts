import { readFile } from "node:fs/promises";
import type { LoggedAttempt, LogReader, LogWriter, OpenLog } from "./attempt-logs.ts";
import { logPath } from "./log-path.ts";

/** Logs as files of a home, where they were written: what one machine runs, it also shows. */
export class FolderLogs implements LogWriter, LogReader {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  open(attempt: LoggedAttempt): OpenLog {
    return { path: this.pathOf(attempt), close: async () => null, abandon: async () => {} };
  }

  async read(attempt: LoggedAttempt): Promise<string> {
    return readFile(this.pathOf(attempt), "utf8").catch(() => "");
  }

  /** The file of a log, whether there is one or not. */
  pathOf(attempt: LoggedAttempt): string {
    return logPath(this.folder, attempt);
  }
}
