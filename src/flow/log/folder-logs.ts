import { readFile } from "node:fs/promises";
import { logPath } from "../local/home.ts";
import type { LoggedAttempt, LogReader, LogWriter, OpenLog } from "./attempt-logs.ts";

/** Logs as files of a home, where they were written: what one machine runs, it also shows. */
export class FolderLogs implements LogWriter, LogReader {
  private readonly home: string;

  constructor(home: string) {
    this.home = home;
  }

  open(attempt: LoggedAttempt): OpenLog {
    return { path: this.pathOf(attempt), close: async () => null };
  }

  async read(attempt: LoggedAttempt): Promise<string> {
    return readFile(this.pathOf(attempt), "utf8").catch(() => "");
  }

  /** The file of a log, whether there is one or not. */
  pathOf({ run, step, key, attempt }: LoggedAttempt): string {
    return logPath(this.home, run, step, key, attempt);
  }
}
