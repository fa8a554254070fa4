import { appendFile, copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeOutputFolder } from "../../base/index.ts";
import type { BlobRef, TaskBlobs } from "../../flow/index.ts";

/** One file of a published folder: its path within the folder, and its content. */
export interface PublishedFile {
  readonly path: string;
  readonly content: BlobRef | string | PublishedParts;
}

/** The content of a file that several tasks made: a header, then their parts in order. */
export interface PublishedParts {
  readonly header: string;
  readonly parts: readonly BlobRef[];
}

/** Writes a folder of these files, put in the place of `out` in one step. @throws output-refused, refused, disk-full */
export async function publishFolder(
  blobs: TaskBlobs,
  out: string,
  files: readonly PublishedFile[],
  marker: Readonly<Record<string, unknown>>,
): Promise<void> {
  await writeOutputFolder({ out, marker }, async (staged) => {
    for (const { path, content } of files) {
      const target = join(staged, path);
      await mkdir(dirname(target), { recursive: true });
      if (typeof content === "string") await writeFile(target, content);
      else if ("parts" in content) await writeParts(blobs, content, target);
      else await copyFile(await blobs.path(content), target);
    }
  });
}

/** Writes a file of a header and the parts behind it. */
export async function writeParts(blobs: TaskBlobs, { header, parts }: PublishedParts, target: string): Promise<void> {
  await writeFile(target, header);
  for (const part of parts) await appendFile(target, await blobs.get(part));
}
