import { Buffer } from "node:buffer";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  asidePath,
  assertOutputWritable,
  diskError,
  outputMarker,
  replaceDirectory,
  stableJson,
} from "../../base/index.ts";
import type { BlobRef, TaskBlobs } from "../../flow/index.ts";

/** One file of a published folder: its path within the folder, and its content. */
export interface PublishedFile {
  readonly path: string;
  readonly content: BlobRef | string;
}

/**
 * Writes a folder aside, whole, and puts it in the place of `out` in one step: a reader sees the old folder or the new
 * one. Running it again after a crash does the same again.
 */
export async function publishFolder(
  blobs: TaskBlobs,
  out: string,
  files: readonly PublishedFile[],
  marker: Readonly<Record<string, unknown>>,
): Promise<void> {
  await assertOutputWritable(out);
  const staged = asidePath(out);
  try {
    for (const { path, content } of files) {
      const target = join(staged, path);
      await mkdir(dirname(target), { recursive: true });
      if (typeof content === "string") await writeFile(target, content);
      else await copyFile(await blobs.path(content), target);
    }
    await writeFile(join(staged, outputMarker), Buffer.from(`${stableJson(marker, 2)}\n`));
    await replaceDirectory(staged, out);
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw diskError(error, out);
  }
}
