import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What a server is, as a process. */
export interface ServerCommand {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** A folder of its own: its log lies there, and it is removed when the server was stopped or its test process is gone. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The user it runs as, where that is another: PostgreSQL refuses root. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Throws, or says false, while the server does not answer yet. */
  isReady(): Promise<boolean>;
}

const readyMs = 40_000;
const endMs = 10_000;

/**
 * Starts the server and looks every second whether the test process is still there (a zombie is not): once it is gone
 * the server is killed and its folder removed. So a test that is killed leaves nothing behind.
 */
const guard = `
parent=$1; folder=$2; shift 2
"$@" 3>&- &
server=$!
echo "pid $server" >&3
exec 3>&-
(
  while kill -0 $server; do
    sleep 1
    grep -q '^State:[[:space:]]*[^ZX[:space:]]' /proc/$parent/status || { kill -9 $server; rm -rf "$folder"; }
  done
) >/dev/null 2>&1 &
wait $server
`;

/** A server that a test started: a process of its own whose death, return and end the test decides. */
export class ServerProcess {
  private readonly command: ServerCommand;
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  /** Of the server itself; 0 while it does not run. */
  pid = 0;

  constructor(command: ServerCommand) {
    this.command = command;
  }

  /** The file that the server's output goes to. */
  get logPath(): string {
    return join(this.command.folder, "server.log");
  }

  /** Starts it, also again after a {@link kill}. Resolves when it answers. @throws with the end of its log when it does not */
  async start(): Promise<void> {
    const { program, args, folder, environment, user } = this.command;
    const log = openSync(this.logPath, "a", 0o666);
    const child = spawn("bash", ["-c", guard, "guard", String(process.pid), folder, program, ...args], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", log, log, "pipe"],
      detached: true,
      ...user,
    });
    closeSync(log);
    this.child = child;
    this.ended = new Promise((resolve) => child.once("exit", () => resolve()));
    child.unref();
    this.pid = await pidFrom(child);
    await this.untilReady(child);
  }

  /** SIGKILL, to the server and all its children, which leaves its data as a crash does. */
  async kill(): Promise<void> {
    this.child?.ref();
    this.signal("SIGKILL");
    await this.ended;
    this.pid = 0;
  }

  /** SIGSTOP or SIGCONT: a server that is there and does not answer. */
  signal(signal: NodeJS.Signals): void {
    if (this.pid === 0) return;
    for (const pid of [...childrenOf(this.pid), this.pid]) sendSignal(pid, signal);
  }

  /** Ends it for good; its folder is removed. */
  async stop(): Promise<void> {
    this.child?.ref();
    this.signal("SIGTERM");
    await Promise.race([this.ended, sleep(endMs, undefined, { ref: false })]);
    await this.kill();
    rmSync(this.command.folder, { recursive: true, force: true });
  }

  private async untilReady(child: ChildProcess): Promise<void> {
    const { name, isReady } = this.command;
    const deadline = performance.now() + readyMs;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${name} ended as it began:\n${this.logEnd()}`);
      if (await isReady().catch(() => false)) return;
      if (performance.now() > deadline) {
        appendFileSync(this.logPath, `not ready after ${readyMs} ms\n`);
        const log = this.logEnd();
        await this.kill();
        throw new Error(`${name} does not answer after ${readyMs} ms:\n${log}`);
      }
      await sleep(50);
    }
  }

  private logEnd(): string {
    return readFileSync(this.logPath, "utf8").split("\n").slice(-30).join("\n");
  }
}

function pidFrom(child: ChildProcess): Promise<number> {
  const pipe = child.stdio[3] as NodeJS.ReadableStream;
  return new Promise((resolve, reject) => {
    pipe.once("data", (text: Buffer) => resolve(Number(/pid (\d+)/.exec(text.toString())?.[1] ?? 0)));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the guard of a server ended with ${code}`)));
  });
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return text === "" ? [] : text.split(" ").map(Number);
  } catch {
    return [];
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
