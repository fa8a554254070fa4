import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A session that has not ended after so long is taken to hang; a machine that many share needs up to two minutes for one. */
const hangMs = 300_000;

/** How a session ended: `done`, the code of its error, `killed` by a signal or a bug, or `hangs`. */
export interface SessionEnd {
  readonly code: string;
  readonly message: string;
}

const entry = fileURLToPath(new URL("./session-entry.ts", import.meta.url));

/** A scheduler with its workers, as a process that faults are injected into. */
export class SessionProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<SessionEnd>;
  isEnded = false;
  isHanging = false;
  /** The events that it told of, in order. */
  readonly events: string[] = [];
  private readonly listeners: ((type: string) => void)[] = [];

  constructor(order: object, environment: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, ...environment };
    this.child = spawn(process.execPath, [entry, JSON.stringify(order)], { env, stdio: ["ignore", "pipe", "pipe"] });
    this.ended = this.follow();
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Calls for every event that the session tells of. */
  onEvent(listener: (type: string) => void): void {
    this.listeners.push(listener);
  }

  /** Its worker processes, as the kernel lists them. */
  workers(): number[] {
    try {
      const text = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, "utf8").trim();
      return text === "" ? [] : text.split(" ").map(Number);
    } catch {
      return [];
    }
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  private async follow(): Promise<SessionEnd> {
    let end: SessionEnd = { code: "killed", message: "" };
    let words = "";
    this.child.stderr?.on("data", (chunk) => {
      words = `${words}${chunk}`.slice(-2_000);
    });
    const timer = setTimeout(() => {
      this.isHanging = true;
      this.child.kill("SIGKILL");
    }, hangMs);
    const closed = new Promise((resolve) => this.child.once("close", resolve));
    for await (const line of createInterface({ input: this.child.stdout as NodeJS.ReadableStream })) {
      const message = parsed(line);
      if (message === null) continue;
      if (message.type === "session-ended") end = { code: message.code ?? "", message: message.message ?? "" };
      this.events.push(message.type);
      for (const listener of this.listeners) listener(message.type);
    }
    await closed;
    clearTimeout(timer);
    this.isEnded = true;
    if (this.isHanging) return { code: "hangs", message: `after ${this.events.at(-1)} nothing came for ${hangMs} ms` };
    return end.code === "killed" ? { ...end, message: words } : end;
  }
}

/** A line that the death of the process cut is none. */
function parsed(line: string): { type: string; code?: string; message?: string } | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
