import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
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

/** Replaces `target` by the finished folder `staged` (both on one file system) by renames; the old one is removed last. */
export async function replaceDirectory(staged: string, target: string): Promise<void> {
  await assertOutputWritable(target);
  const old = asidePath(target);
  const existed = await stat(target).then(
    () => true,
    () => false,
  );
  if (existed) await rename(target, old);
  try {
    await rename(staged, target);
  } catch (error) {
    if (existed) await rename(old, target);
    throw diskError(error, target);
  }
  if (existed) await rm(old, { recursive: true, force: true });
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
