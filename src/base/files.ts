import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isDiskFull, KindredError } from "./errors.ts";

/** Writes a file aside, syncs it and renames it into place: a reader sees the old bytes or the new, never a part. */
export async function writeFileAtomic(path: string, data: Uint8Array | string): Promise<void> {
  await replaceFile(path, async (aside) => {
    const handle = await open(aside, "w");
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Lets `write` write a file aside and renames it into place when it is whole; nothing is left of one that fails. @throws disk-full */
export async function replaceFile(path: string, write: (aside: string) => Promise<void>): Promise<void> {
  const aside = asidePath(path);
  try {
    await mkdir(dirname(aside), { recursive: true });
    await write(aside);
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

/** The name of what a file or folder was written aside for, by the name that {@link asidePath} made; null for another name. */
export function asideFor(name: string): string | null {
  return /^\.(.+)\.[0-9a-f]{12}\.partial$/s.exec(name)?.[1] ?? null;
}

/** The files of a folder and of those in it, by their paths within it, in one order on every machine. Links are not followed. */
export function filesUnder(folder: string): string[] {
  // `recursive` of readdirSync goes into linked folders, and round for ever where one links to itself.
  const within = (inner: string): string[] =>
    readdirSync(join(folder, inner), { withFileTypes: true }).flatMap((entry) => {
      const path = inner === "" ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) return within(path);
      return entry.isFile() ? [path] : [];
    });
  return within("").sort();
}

/** The path of a file within a folder, with `/` on every machine. */
export function pathWithin(folder: string, file: string): string {
  return relative(folder, file).split(sep).join("/");
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
