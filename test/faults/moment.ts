import { existsSync, type FSWatcher, mkdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../src/base/index.ts";
import type { SessionProcess } from "./session.ts";

/** The phases of a run: a scheduler takes it, tasks run, their outcomes are committed, the result is published. */
export type Phase = "claim" | "run" | "commit" | "publish";

/** All of them, in order. */
export const phases: readonly Phase[] = ["claim", "run", "commit", "publish"];

/** What a calm run tells of the length of its phases. */
export interface Rhythm {
  /** From the session's begin to its first task. */
  readonly claimMs: number;
  readonly commits: number;
  readonly tasks: number;
}

/** Where a fault comes: after so many signs of a phase, and a time after the last of them. */
export interface Moment {
  readonly phase: Phase;
  readonly count: number;
  readonly delayMs: number;
}

/** Draws a moment of a phase. */
export function drawMoment(phase: Phase, rhythm: Rhythm, random: Random): Moment {
  switch (phase) {
    case "claim":
      return { phase, count: 0, delayMs: Math.floor(random.next() * rhythm.claimMs) };
    case "run":
      return { phase, count: 1 + random.integer(rhythm.tasks - 1), delayMs: random.integer(15) };
    case "commit":
      return { phase, count: 1 + random.integer(rhythm.commits), delayMs: random.integer(2) };
    case "publish":
      return { phase, count: 1, delayMs: random.integer(30) };
  }
}

/** Watches what a session does from outside: lines that its tasks leave, and writes of its database. */
export class Signs {
  commits = 0;
  private isBegun = false;
  private readonly folder: string;
  private readonly watchers: FSWatcher[] = [];
  private readonly listeners = new Set<() => void>();
  private isClosed = false;

  constructor(folder: string, home: string, session: SessionProcess, commits?: () => Promise<number>) {
    this.folder = folder;
    if (commits !== undefined) void this.ask(commits);
    mkdirSync(home, { recursive: true });
    for (const each of new Set([folder, home])) {
      const watcher = watch(each, (_kind, name) => {
        if (name === "runs.sqlite-wal") this.commits += 1;
        if (name === "runs.sqlite-wal" || name === "calls") this.tell();
      });
      watcher.on("error", () => "the folder went away, with its run");
      this.watchers.push(watcher);
    }
    session.onEvent((type) => {
      this.isBegun ||= type === "session-begun";
      if (type === "task-ended" && !existsSync(join(home, "runs.sqlite-wal"))) this.commits += 1;
      this.tell();
    });
    void session.ended.then(() => this.tell());
  }

  calls(): string[] {
    const path = join(this.folder, "calls");
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  }

  /** Waits for a moment; false when the session ended before it. */
  async reach({ phase, count, delayMs }: Moment, session: SessionProcess): Promise<boolean> {
    await this.until(() => session.isEnded || this.isThere(phase, count));
    if (delayMs > 0 && !session.isEnded) await Promise.race([wait(delayMs), session.ended]);
    return !session.isEnded;
  }

  close(): void {
    this.isClosed = true;
    for (const watcher of this.watchers) watcher.close();
  }

  /** Asks again and again what is committed. */
  private async ask(commits: () => Promise<number>): Promise<void> {
    while (!this.isClosed) {
      const count = await commits().catch(() => this.commits);
      const isNew = count !== this.commits;
      this.commits = count;
      if (isNew) this.tell();
      await wait(10);
    }
  }

  private isThere(phase: Phase, count: number): boolean {
    if (phase === "claim") return this.isBegun;
    if (phase === "commit") return this.commits >= count;
    const calls = this.calls();
    return phase === "publish" ? calls.some((line) => line.startsWith("publish/")) : calls.length >= count;
  }

  private async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.next(resolve));
  }

  private next(resolve: () => void): void {
    // A change that the kernel told of before anybody listened is found by looking again.
    const timer = setTimeout(done, 20);
    const listeners = this.listeners;
    function done(): void {
      clearTimeout(timer);
      listeners.delete(done);
      resolve();
    }
    listeners.add(done);
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
