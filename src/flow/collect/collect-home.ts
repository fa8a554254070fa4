import { lstat, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { asideFor, asidePath } from "../../base/index.ts";
import { homePaths } from "../home/home-paths.ts";
import type { RunFacts } from "../store/collection-store.ts";
import { removePartials } from "../store/folder-listing.ts";
import { FolderOwners } from "../store/folder-owners.ts";
import type { Collected, CollectedKind } from "./report.ts";
import { graceMs, type Retention } from "./retention.ts";

/** A work folder in which nothing was written for so long, and whose run nobody holds, is that of a worker that died. */
const silentMs = 24 * 60 * 60 * 1_000;

/** What decides about a home. */
export interface HomeParts {
  readonly home: string;
  /** Of the metadata that the runs are in. */
  readonly identity: string;
  /** The runs that stay. */
  readonly left: readonly RunFacts[];
  /** The blobs that are named. */
  readonly marked: ReadonlySet<string>;
  /** What was used since then an attempt under way may have been given. */
  readonly sinceMs: number;
  readonly retention: Retention;
  readonly isDry: boolean;
  readonly nowMs: number;
}

/** An entry of a folder: a file, or a folder with all that is in it. */
interface Entry {
  readonly name: string;
  readonly byteCount: number;
  /** When anything in it was last written. */
  readonly writtenMs: number;
  /** The date of itself. */
  readonly ownMs: number;
}

/** Removes from a home what only this machine has: logs of runs that are gone, and what workers left or keep only to be quicker. */
export async function collectHome(parts: HomeParts): Promise<readonly Collected[]> {
  const { home, identity, left, marked, retention, nowMs } = parts;
  const paths = homePaths(home);
  const others = [...(await new FolderOwners(home).all()).keys()].some((owner) => owner !== identity);
  const runs = new Map(left.map((run) => [run.run, run]));
  const isRun = (name: string): boolean => /^\d+$/.test(name);
  const oldMs = nowMs - Math.max(retention.keepMs, graceMs);
  const inFolder = (kind: CollectedKind, folder: string, isUnused: (entry: Entry) => boolean): Promise<Collected> =>
    collectFolder(parts, kind, folder, isUnused);
  return [
    // Runs of another metadata have numbers of their own: which is whose no log says.
    await inFolder("logs", paths.logs, ({ name, writtenMs }) => {
      const run = asideFor(name) ?? name;
      return isRun(run) && !others && !runs.has(run) && writtenMs < oldMs;
    }),
    await inFolder("task-folders", paths.temporary, ({ name, writtenMs }) => {
      const isHeld = isRun(name) && (others || runs.get(name)?.status === "running");
      return !isHeld && writtenMs < nowMs - silentMs;
    }),
    await collectCopies(parts, oldMs),
    await inFolder("code", join(home, "code"), ({ name, writtenMs }) => !marked.has(name) && writtenMs < oldMs),
    await inFolder("compiled", paths.cache, ({ writtenMs }) => writtenMs < oldMs),
  ];
}

/**
 * Copies of blobs, and the links to them that tasks read as inputs, which are known by what lists them: both are dated when they are
 * handed out. What an attempt under way may have been given stays, however long it reads, and then what is named as long as runs do.
 */
async function collectCopies(parts: HomeParts, oldMs: number): Promise<Collected> {
  const { marked, sinceMs } = parts;
  const { blobCopies: copies, inputs } = homePaths(parts.home);
  let { count, byteCount } = await removePartials(copies, parts.nowMs - graceMs, parts.isDry);
  for (const shelf of await namesIn(copies)) {
    const folder = join(copies, shelf);
    const isOfLinks = folder === inputs;
    const found = await collectFolder(parts, "blob-copies", folder, ({ name, writtenMs }) => {
      const isNamed = marked.has(isOfLinks ? name : `${shelf}${name}`);
      return writtenMs < (isNamed ? Math.min(oldMs, sinceMs) : sinceMs);
    });
    count += found.count;
    // The bytes of a link are those of the copy, which has been counted.
    if (!isOfLinks) byteCount += found.byteCount;
  }
  return { kind: "blob-copies", count, byteCount };
}

async function collectFolder(
  { isDry }: HomeParts,
  kind: CollectedKind,
  folder: string,
  isUnused: (entry: Entry) => boolean,
): Promise<Collected> {
  let [count, byteCount] = [0, 0];
  for (const name of await namesIn(folder)) {
    const entry = await entryOf(folder, name);
    if (entry === null || !isUnused(entry)) continue;
    if (!isDry && !(await removed(join(folder, name), entry))) continue;
    count += 1;
    byteCount += entry.byteCount;
  }
  return { kind, count, byteCount };
}

/** At once, however much is in it, and only if it was not used since it was looked at: false then. */
async function removed(path: string, { ownMs }: Entry): Promise<boolean> {
  const aside = asidePath(path);
  const found = await rename(path, aside)
    .then(() => lstat(aside))
    .catch(() => null);
  if (found === null) return false;
  const isUsedAgain = found.mtimeMs > ownMs;
  if (isUsedAgain && (await isRenamed(aside, path))) return false;
  await rm(aside, { recursive: true, force: true });
  return true;
}

/** False when whoever uses it made it anew meanwhile. */
async function isRenamed(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    () => false,
  );
}

/** Null when it is gone meanwhile. A link is what it is, not what it leads to: that is somebody else's. */
async function entryOf(folder: string, name: string): Promise<Entry | null> {
  const path = join(folder, name);
  const own = await lstat(path).catch(() => null);
  if (own === null) return null;
  if (!own.isDirectory()) return { name, byteCount: own.size, writtenMs: own.mtimeMs, ownMs: own.mtimeMs };
  let [byteCount, writtenMs] = [0, own.mtimeMs];
  for (const inner of await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])) {
    const found = await lstat(join(inner.parentPath, inner.name)).catch(() => null);
    if (found === null) continue;
    if (found.isFile()) byteCount += found.size;
    writtenMs = Math.max(writtenMs, found.mtimeMs);
  }
  return { name, byteCount, writtenMs, ownMs: own.mtimeMs };
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
