import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { systemClock } from "./clock.ts";
import { KindredError } from "./errors.ts";
import { asideFor, asidePath, diskError } from "./files.ts";
import { stableJson } from "./hash.ts";
import { assertNotHeld, outputMarker } from "./held-folder.ts";

/** What a folder is written as. */
export interface OutputFolder {
  readonly out: string;
  /** What its marker says, such as `{ kind: "linkage" }`. */
  readonly marker: Readonly<Record<string, unknown>>;
  /** For who holds the folder, see {@link assertOutputWritable}. */
  readonly asHolder?: boolean;
}

/**
 * Lets `fill` write a folder aside, marks it and puts it in the place of `out` in one step: a reader sees the old folder or
 * the new one, and nothing is left of one that fails. Running it again after a crash does the same again.
 * @throws output-refused, refused; disk-full
 */
export async function writeOutputFolder(
  { out, marker, asHolder = false }: OutputFolder,
  fill: (staged: string) => Promise<void>,
): Promise<void> {
  await assertOutputWritable(out, { asHolder });
  const staged = asidePath(out);
  try {
    await mkdir(staged, { recursive: true });
    await fill(staged);
    await writeFile(join(staged, outputMarker), `${stableJson(marker, 2)}\n`);
    await replaceDirectory(staged, out, { asHolder });
    await removeLeftAside(out);
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw diskError(error, out);
  }
}

/** Longer than anybody takes to fill a folder. */
const leftAsideMs = 24 * 60 * 60 * 1_000;

/** Removes what earlier writers of a folder left beside it when they were killed; not before it is in place, since that may be all there is of it. */
async function removeLeftAside(target: string): Promise<void> {
  const folder = dirname(resolve(target));
  for (const name of await readdir(folder)) {
    if (asideFor(name) !== basename(resolve(target))) continue;
    const found = await stat(join(folder, name)).catch(() => null);
    if (found === null || found.mtimeMs > systemClock.nowMs() - leftAsideMs) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
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
