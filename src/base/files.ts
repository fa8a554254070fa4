import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isDiskFull, KindredError } from "./errors.ts";

/** The file whose presence says that Kindred wrote the folder and may replace it. */
export const outputMarker = ".kindred-output.json";

/** Writes a file aside, syncs it and renames it into place: a reader sees the old bytes or the new, never a part. */
export async function writeFileAtomic(path: string, data: Uint8Array | string): Promise<void> {
  const aside = asidePath(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(aside, "w");
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw diskError(error, path);
  }
}

/** A fresh name beside `path` for something that is renamed into place when whole. */
export function asidePath(path: string): string {
  const absolute = resolve(path);
  return join(dirname(absolute), `.${basename(absolute)}.${randomBytes(6).toString("hex")}.partial`);
}

/**
 * Says whether `directory` may be written by Kindred: absent, empty, or written by Kindred before.
 * @throws output-refused otherwise
 */
export async function assertOutputWritable(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [] as string[];
    throw new KindredError("output-refused", {
      seen: `the output "${directory}" cannot be used as a folder (${error.code})`,
      expected: "a folder that is absent, empty, or was written by kindred",
      where: { file: directory },
      cause: error,
    });
  });
  if (entries.length === 0 || entries.includes(outputMarker)) return;
  throw new KindredError("output-refused", {
    seen: `the folder holds ${entries.length} entries that kindred did not write (such as "${entries[0]}")`,
    expected: "a folder that is absent, empty, or was written by kindred",
    hint: "Name another folder with --out",
    where: { file: directory },
  });
}

/** How often a folder that others put in the place of `target` at the same moment is moved away. */
const replaceTriesMax = 100;

/**
 * Replaces `target` by the finished folder `staged` (both on one file system) by renames; the old one is removed last.
 * Of several that do so at once every one succeeds, and the last stays.
 * @throws output-refused when `target` holds files that kindred did not write, or never stops changing
 */
export async function replaceDirectory(staged: string, target: string): Promise<void> {
  for (let tries = 0; tries < replaceTriesMax; tries++) {
    await assertOutputWritable(target);
    const old = await moveAside(target);
    const isPlaced = await placeDirectory(staged, target).catch(async (error: unknown) => {
      if (old !== undefined) await placeDirectory(old, target);
      throw diskError(error, target);
    });
    if (old !== undefined) await rm(old, { recursive: true, force: true });
    if (isPlaced) return;
  }
  throw new KindredError("output-refused", {
    seen: "the folder is in use: others replace it again and again",
    expected: "a folder that one run at a time writes",
    hint: "Name another folder with --out",
    where: { file: target },
  });
}

/** Moves a folder aside and says where to; undefined where there is none. */
async function moveAside(target: string): Promise<string | undefined> {
  const old = asidePath(target);
  try {
    await rename(target, old);
    return old;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Renames into place; false where another process has put a folder there since it was moved aside. */
async function placeDirectory(staged: string, target: string): Promise<boolean> {
  try {
    await rename(staged, target);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST") return false;
    throw error;
  }
}

/** Turns "no space left" into an error that says what to do; other errors pass unchanged. */
export function diskError(error: unknown, path: string): unknown {
  if (!isDiskFull(error)) return error;
  return new KindredError("disk-full", {
    seen: `no space is left on the disk while writing`,
    expected: "room for the output; nothing half written was left behind",
    hint: "Free some space or choose another disk, then run again or resume",
    where: { file: path },
    cause: error,
  });
}
