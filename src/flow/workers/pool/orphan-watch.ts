import { type ChildProcess, spawn } from "node:child_process";

/**
 * The shell keeps the ids of the workers it is told of (`+ 12`, `- 12`). Its input ends when the scheduler dies, however it dies:
 * then it kills them with all that they started.
 */
const script = `
kill_tree() {
  for each in $(cat /proc/"$1"/task/*/children 2>/dev/null); do kill_tree "$each"; done
  kill -9 "$1" 2>/dev/null
}
pids=
while read -r sign pid; do
  kept=
  for each in $pids; do [ "$each" = "$pid" ] || kept="$kept $each"; done
  pids=$kept
  [ "$sign" = + ] && pids="$pids $pid"
done
for pid in $pids; do
  kill_tree "$pid"
  kill -9 -"$pid" 2>/dev/null
done
`;

/**
 * Kills workers whose scheduler is gone, also those too busy to notice it themselves. One small shell for all workers:
 * a thread in each worker cost 42 ms CPU and 19 MB a worker. Where there is no shell (Windows), workers still end when
 * they find the channel closed.
 */
export class OrphanWatch {
  private shell: ChildProcess | null = null;

  add(pid: number): void {
    this.shell ??= startShell();
    this.tell(`+ ${pid}`);
  }

  remove(pid: number): void {
    this.tell(`- ${pid}`);
  }

  close(): void {
    this.shell?.stdin?.end();
    this.shell = null;
  }

  private tell(line: string): void {
    if (this.shell?.stdin?.writable === true) this.shell.stdin.write(`${line}\n`);
  }
}

function startShell(): ChildProcess {
  const shell = spawn("/bin/sh", ["-c", script], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  shell.on("error", () => "no shell: see above");
  shell.stdin?.on("error", () => "the shell was killed: see above");
  shell.unref();
  return shell;
}
