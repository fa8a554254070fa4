import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { copyFile, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { asidePath, diskError, KindredError, sha256, writeFileAtomic } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import type { ArtifactStore } from "./artifact-store.ts";

/** Artifacts in a folder: `ab/cdef...` holds the bytes of that SHA-256, written aside, synced and renamed into place. */
export class FolderStore implements ArtifactStore {
  private readonly folder: string;
  /** What this process has checked already: reading a large file again only to hash it would double its cost. */
  private readonly checked = new Set<string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  async put(bytes: Uint8Array): Promise<BlobRef> {
    const ref = { blob: sha256(bytes), byteCount: bytes.byteLength };
    if (!(await this.has(ref))) await writeFileAtomic(this.pathOf(ref.blob), bytes);
    return ref;
  }

  async putFile(path: string, move: boolean): Promise<BlobRef> {
    const aside = asidePath(join(this.folder, "incoming"));
    try {
      await mkdir(this.folder, { recursive: true });
      await (move ? rename(path, aside) : copyFile(path, aside, constants.COPYFILE_FICLONE));
      const ref = await hashFile(aside);
      if (!(await this.has(ref))) await this.adopt(aside, ref);
      return ref;
    } catch (error) {
      throw diskError(error, path);
    } finally {
      await rm(aside, { force: true });
    }
  }

  async get(ref: BlobRef): Promise<Uint8Array> {
    const path = this.pathOf(ref.blob);
    const bytes = await readFile(path).catch((error: unknown) => {
      throw damageError(path, ref, "the file cannot be read", error);
    });
    assertSame(path, ref, { blob: sha256(bytes), byteCount: bytes.byteLength });
    return bytes;
  }

  async path(ref: BlobRef): Promise<string> {
    const path = this.pathOf(ref.blob);
    if (this.checked.has(ref.blob) && (await this.has(ref))) return path;
    const found = await hashFile(path).catch((error: unknown) => {
      throw damageError(path, ref, "the file cannot be read", error);
    });
    assertSame(path, ref, found);
    this.checked.add(ref.blob);
    return path;
  }

  private pathOf(blob: string): string {
    if (!/^[0-9a-f]{64}$/.test(blob))
      throw new KindredError("argument-invalid", { seen: `the blob "${blob}"`, expected: "64 hex digits" });
    return join(this.folder, blob.slice(0, 2), blob.slice(2));
  }

  /** A file of another length is a torn one, which a new put heals. */
  private async has(ref: BlobRef): Promise<boolean> {
    const found = await stat(this.pathOf(ref.blob)).catch(() => null);
    return found?.size === ref.byteCount;
  }

  private async adopt(aside: string, ref: BlobRef): Promise<void> {
    const path = this.pathOf(ref.blob);
    const handle = await open(aside, "r");
    await handle.sync().finally(() => handle.close());
    await mkdir(dirname(path), { recursive: true });
    await rename(aside, path);
  }
}

async function hashFile(path: string): Promise<BlobRef> {
  const hash = createHash("sha256");
  let byteCount = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Uint8Array);
    byteCount += (chunk as Uint8Array).byteLength;
  }
  return { blob: hash.digest("hex"), byteCount };
}

function assertSame(path: string, expected: BlobRef, found: BlobRef): void {
  if (found.blob === expected.blob) return;
  const seen =
    found.byteCount === expected.byteCount ? `its SHA-256 is ${found.blob}` : `it has ${found.byteCount} bytes`;
  throw damageError(path, expected, seen);
}

function damageError(path: string, ref: BlobRef, seen: string, cause?: unknown): KindredError {
  return new KindredError("artifact-damaged", {
    seen: `an artifact is not what was written: ${seen}`,
    expected: `${ref.byteCount} bytes with SHA-256 ${ref.blob}`,
    hint: "Put back a copy of the file, or start a new run: equal bytes written again heal it",
    where: { file: path },
    cause,
  });
}
