import { readdirSync, readFileSync } from "node:fs";

/** A process with all that it started and that those started, itself first. Only itself where there is no `/proc`. */
export function processTree(pid: number): number[] {
  const tree = [pid];
  for (const each of tree) tree.push(...childrenOf(each));
  return tree;
}

/** Resident memory of those processes together; null where that is not known. */
export function residentBytes(pids: readonly number[]): number | null {
  let pages = 0;
  for (const pid of pids) pages += Number(readProcess(pid, "statm")?.split(" ")[1] ?? 0);
  return pages === 0 ? null : pages * pageBytes;
}

/** Processor time that those processes used, in ticks; null where that is not known. */
export function cpuTicks(pids: readonly number[]): number | null {
  let ticks = 0;
  let isKnown = false;
  for (const pid of pids) {
    const stat = readProcess(pid, "stat");
    if (stat === null) continue;
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    ticks += Number(fields[11]) + Number(fields[12]);
    isKnown = true;
  }
  return isKnown ? ticks : null;
}

/** Kills a process with all that it started, also what left its process group. */
export function killTree(pid: number): void {
  const tree = processTree(pid);
  // The group at once, so that nothing of it starts more; the rest one by one.
  kill(-pid);
  for (const each of tree) kill(each);
}

// Linux on x64 and most ARM; a larger page would only understate what is resident.
const pageBytes = 4096;

/** Each thread has its own list of the processes it started. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      (readProcess(pid, `task/${thread}/children`) ?? "").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function readProcess(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return null;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}
