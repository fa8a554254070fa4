import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, realpath, rename, rm } from "node:fs/promises";
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

/** What the marker of a folder says that only its holder may replace. */
interface HeldMarker {
  /** Who holds it, such as `production of project films`. */
  readonly heldBy?: string;
}

/**
 * Says whether `directory` may be written by Kindred: absent, empty, or written by Kindred before; and not part of a folder
 * that somebody holds, by whatever links one comes there. `asHolder` is for who wrote the folder that is held.
 * @throws output-refused otherwise, refused when it is held
 */
export async function assertOutputWritable(directory: string, { asHolder = false } = {}): Promise<void> {
  if (!asHolder) await assertNotHeld(directory);
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

async function assertNotHeld(directory: string): Promise<void> {
  let folder = resolve(directory);
  // Links are followed from the first folder on that is there.
  while (true) {
    const real = await realpath(folder).catch(() => undefined);
    if (real !== undefined) {
      folder = real;
      break;
    }
    if (folder === dirname(folder)) return;
    folder = dirname(folder);
  }
  for (; ; folder = dirname(folder)) {
    const text = await readFile(join(folder, outputMarker), "utf8").catch(() => "{}");
    const { heldBy } = parsedMarker(text);
    if (heldBy !== undefined) {
      throw new KindredError("refused", {
        seen: `the folder is held by ${heldBy}`,
        expected: "a folder of your own",
        hint: "Name another folder with --out, and bring the result there with: kindred promote RUN",
        where: { file: directory },
      });
    }
    if (folder === dirname(folder)) return;
  }
}

function parsedMarker(text: string): HeldMarker {
  try {
    return JSON.parse(text) as HeldMarker;
  } catch {
    return {};
  }
}

/** How often a folder that others put in the place of `target` at the same moment is moved away. */
const replaceTriesMax = 100;

/**
 * Replaces `target` by the finished folder `staged` (both on one file system) by renames; the old one is removed last.
 * Of several that do so at once every one succeeds, and the last stays.
 * @throws output-refused when `target` holds files that kindred did not write, or never stops changing
 */
export async function replaceDirectory(staged: string, target: string, { asHolder = false } = {}): Promise<void> {
  for (let tries = 0; tries < replaceTriesMax; tries++) {
    await assertOutputWritable(target, { asHolder });
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
