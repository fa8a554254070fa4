import { constants } from "node:fs";
import { chmod, copyFile, mkdir } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { atATime, filesUnder, KindredError, stableJson } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import { flowLimits } from "../limits.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { DataSetFile, DataSetManifest } from "./data-set.ts";

/** Files that are put or fetched at a time: large ones go to a store in several parts at once by themselves. */
const filesAtATime = 4;

/** Puts a folder's files into the store and says where they are. With `move` the files themselves go there. @throws limit-exceeded */
export async function storeFolder(
  store: ArtifactStore,
  folder: string,
  kind: string,
  move: boolean,
): Promise<{ readonly manifest: BlobRef; readonly byteCount: number }> {
  return storeFiles(store, folder, filesUnder(folder), kind, move);
}

/** Puts chosen files of a folder into the store and says where they are. @throws limit-exceeded */
export async function storeFiles(
  store: ArtifactStore,
  folder: string,
  paths: readonly string[],
  kind: string,
  move: boolean,
): Promise<{ readonly manifest: BlobRef; readonly byteCount: number }> {
  if (paths.length > flowLimits.dataSetFiles) {
    const expected = `at most ${flowLimits.dataSetFiles}`;
    throw new KindredError("limit-exceeded", {
      seen: `${paths.length} files in one ${kind === "input" ? "param" : "data set"}`,
      expected,
    });
  }
  const files = await atATime(filesAtATime, paths, async (path): Promise<DataSetFile> => {
    return { path, ...(await store.putFile(join(folder, path), move)) };
  });
  const manifest: DataSetManifest = { version: 1, kind, files };
  const byteCount = files.reduce((sum, file) => sum + file.byteCount, 0);
  return { manifest: await store.put(new TextEncoder().encode(stableJson(manifest))), byteCount };
}

/** Reads what a data set is made of. @throws artifact-damaged */
export async function readManifest(store: ArtifactStore, ref: BlobRef): Promise<DataSetManifest> {
  const manifest = JSON.parse(new TextDecoder().decode(await store.get(ref))) as DataSetManifest;
  for (const { path } of manifest.files) assertInside(path);
  return manifest;
}

/** Writes copies of a data set's files into a folder that is the caller's own: writing to them changes no version. @throws artifact-damaged */
export async function checkOut(store: ArtifactStore, { files }: DataSetManifest, folder: string): Promise<void> {
  await atATime(filesAtATime, files, async (file) => {
    assertInside(file.path);
    const target = join(folder, file.path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(await store.path(file), target, constants.COPYFILE_FICLONE);
    await chmod(target, 0o644);
  });
}

/** A path that leads out of its folder would write what nobody asked for. */
function assertInside(path: string): void {
  const isInside =
    path !== "" &&
    path !== "." &&
    !path.endsWith("/") &&
    posix.normalize(path) === path &&
    !path.startsWith("/") &&
    !/(^|\/)\.\.(\/|$)/.test(path);
  if (isInside && !path.includes("\\") && !path.includes("\0")) return;
  throw new KindredError("artifact-damaged", {
    seen: `a data set with the file ${JSON.stringify(path)}`,
    expected: "paths within its folder",
  });
}
