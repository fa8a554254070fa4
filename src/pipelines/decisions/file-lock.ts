import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { KindredError } from "../../base/index.ts";

const retryMs = 20;
/** Ten seconds: what is done under the lock takes milliseconds. */
const triesMax = 500;

/**
 * Does something alone among all processes of this machine: who comes second waits.
 * A lock whose owner is gone is taken over.
 * @throws run-locked when another process holds it for ten seconds
 */
export async function withFileLock<T>(path: string, act: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  for (let tries = 0; !(await taken(path)); tries++) {
    if (tries >= triesMax) {
      throw new KindredError("run-locked", {
        seen: "another process has been writing for ten seconds",
        hint: "Try again; if no kindred is running, remove the file",
        where: { file: path },
      });
    }
    if (!(await releasedByDead(path))) await wait(retryMs);
  }
  try {
    return await act();
  } finally {
    await rm(path, { force: true });
  }
}

/** True when the lock is now ours. */
async function taken(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a lock whose owner died with it in hand. */
async function releasedByDead(path: string): Promise<boolean> {
  const owner = Number(await readFile(path, "utf8").catch(() => ""));
  if (!Number.isInteger(owner) || owner <= 0 || isAlive(owner)) return false;
  await rm(path, { force: true });
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
