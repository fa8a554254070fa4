import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  assertOutputWritable,
  diskError,
  KindredError,
  outputMarker,
  stableJson,
  writeFileAtomic,
} from "../../base/index.ts";
import { graphFiles } from "./manifest.ts";

/** The file that names the version which counts. */
const currentFile = "current.json";

const versionsFolder = "versions";

/**
 * Makes a finished graph folder the current one under `target` and returns its new path. The one step that counts is
 * the rename of a small pointer file, so a reader or a crash sees the old graph or the new one; the version before
 * stays beside it for readers that still hold it. Both folders must be on one file system.
 * @throws output-refused when `target` holds files that kindred did not write
 */
export async function publishGraph(staged: string, target: string): Promise<string> {
  await assertOutputWritable(target);
  const version = await contentVersion(staged);
  const place = join(target, versionsFolder, version);
  try {
    await mkdir(join(target, versionsFolder), { recursive: true });
    await writeFileAtomic(join(target, outputMarker), `${stableJson({ kind: "graph" })}\n`);
    const isKnown = await stat(place).then(
      () => true,
      () => false,
    );
    if (isKnown) await rm(staged, { recursive: true, force: true });
    else await rename(staged, place);
    const previous = await currentVersion(target);
    const kept = previous === undefined || previous.current === version ? previous?.previous : previous.current;
    await writeFileAtomic(join(target, currentFile), `${stableJson({ current: version, previous: kept })}\n`);
    await removeOthers(target, [version, kept]);
  } catch (error) {
    throw diskError(error, target);
  }
  return place;
}

/** The folder of the graph that `directory` is or points at. */
export async function currentGraphFolder(directory: string): Promise<string> {
  const version = (await currentVersion(directory))?.current;
  return version === undefined ? directory : join(directory, versionsFolder, version);
}

interface Pointer {
  readonly current: string;
  readonly previous?: string;
}

async function currentVersion(target: string): Promise<Pointer | undefined> {
  const path = join(target, currentFile);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const pointer = JSON.parse(text) as Partial<Pointer>;
    if (typeof pointer.current === "string" && /^[0-9a-f]+$/.test(pointer.current)) return pointer as Pointer;
  } catch {
    // Told below, together with pointers of another shape.
  }
  throw new KindredError("artifact-damaged", {
    seen: `"${text.slice(0, 60)}"`,
    expected: "the name of a graph version",
    where: { file: path },
  });
}

/** Equal graphs have equal versions: a hash over the bytes of every file. */
async function contentVersion(staged: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of Object.values(graphFiles).toSorted()) {
    hash.update(`${file}\n`);
    for await (const chunk of createReadStream(join(staged, file))) hash.update(chunk as Buffer);
  }
  return hash.digest("hex").slice(0, 16);
}

async function removeOthers(target: string, kept: readonly (string | undefined)[]): Promise<void> {
  const folder = join(target, versionsFolder);
  for (const name of await readdir(folder)) {
    if (!kept.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}
