import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { KindredError } from "../../base/index.ts";

const retryMs = 20;
/** Ten seconds: what is done under the lock takes milliseconds. */
const triesMax = 500;

/** SQLite's own code for a lock that somebody else holds. */
const sqliteBusy = 5;

/**
 * Does something alone among all processes of this machine: who comes second waits.
 * The lock is SQLite's on an empty database, because the system frees it with the process that held it, whereas a file
 * with a process id in it can be taken over by two at once, and names another process once ids are used again.
 * @throws run-locked when another process holds it for ten seconds
 */
export async function withFileLock<T>(path: string, act: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const sqlite = await import("node:sqlite");
  const database = new sqlite.DatabaseSync(path);
  try {
    for (let tries = 0; !isTaken(database); tries++) {
      if (tries >= triesMax) throw lockedError(path);
      await wait(retryMs);
    }
    return await act();
  } finally {
    database.close();
  }
}

/** True when the lock is now ours; closing the database gives it back. */
function isTaken(database: DatabaseSync): boolean {
  try {
    database.exec("begin exclusive");
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === sqliteBusy) return false;
    throw error;
  }
}

function lockedError(path: string): KindredError {
  return new KindredError("run-locked", {
    seen: "another process has been writing for ten seconds",
    hint: "Try again when it has ended",
    where: { file: path },
  });
}
