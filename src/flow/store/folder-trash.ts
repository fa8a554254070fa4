import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemClock } from "../../base/index.ts";
import { blobKey } from "./blob-check.ts";

/**
 * How a blob leaves a folder while others put it: the file is renamed into the trash and only then looked at. What was noted as
 * used before is seen on the file itself and goes back; nothing can be noted afterwards, since no path leads there. Whoever misses a
 * blob in between, or after a collection that died, takes it out of the trash again.
 */
export class FolderTrash {
  private readonly folder: string;
  private readonly trash: string;

  constructor(folder: string) {
    this.folder = folder;
    this.trash = join(folder, "trash");
  }

  /** Takes a blob away unless it was used since a moment. */
  async remove(blob: string, sinceMs: number): Promise<boolean> {
    const name = `${blob}.${randomBytes(6).toString("hex")}`;
    const thrown = join(this.trash, name);
    if (!(await renamed(this.pathOf(blob), thrown))) return false;
    const found = await stat(thrown).catch(() => null);
    if (found === null) return false;
    if (found.mtimeMs < sinceMs) {
      await rm(thrown, { force: true });
      return true;
    }
    await this.takeBack(name);
    return false;
  }

  /** Puts a blob back that is in the trash. False when it is not. */
  async restore(blob: string): Promise<boolean> {
    for (const name of await this.names()) if (name.startsWith(`${blob}.`) && (await this.takeBack(name))) return true;
    return false;
  }

  /** Puts back what a collection left that died: it is looked at again like any other. */
  async restoreAll(): Promise<void> {
    for (const name of await this.names()) await this.takeBack(name);
  }

  private async takeBack(name: string): Promise<boolean> {
    const thrown = join(this.trash, name);
    // It may replace the same bytes, put meanwhile: it must not be older than those.
    await touch(thrown);
    return renamed(thrown, this.pathOf(name.split(".")[0] as string));
  }

  private async names(): Promise<string[]> {
    return readdir(this.trash).catch(() => []);
  }

  private pathOf(blob: string): string {
    return join(this.folder, blobKey(blob));
  }
}

/** Notes that a file is used now. False when it is gone. */
export async function touch(path: string): Promise<boolean> {
  const now = systemClock.nowMs() / 1_000;
  return utimes(path, now, now).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

async function renamed(from: string, to: string): Promise<boolean> {
  if (await isRenamed(from, to)) return true;
  // The file is gone, or there is no folder for it yet.
  await mkdir(dirname(to), { recursive: true });
  return isRenamed(from, to);
}

async function isRenamed(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}
