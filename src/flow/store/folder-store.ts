import { constants } from "node:fs";
import { copyFile, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { asidePath, diskError, sha256, writeFileAtomic } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import type { ArtifactStore } from "./artifact-store.ts";
import { assertSame, blobKey, damageError } from "./blob-check.ts";
import { hashFile } from "./hash-file.ts";

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
    if (!(await this.holds(ref))) await writeFileAtomic(this.pathOf(ref.blob), bytes);
    return ref;
  }

  async putFile(path: string, move: boolean): Promise<BlobRef> {
    const aside = asidePath(join(this.folder, "incoming"));
    try {
      await mkdir(this.folder, { recursive: true });
      await (move ? rename(path, aside) : copyFile(path, aside, constants.COPYFILE_FICLONE));
      const ref = await hashFile(aside);
      if (!(await this.holds(ref))) await this.adopt(aside, ref);
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

  /** Moves in a file of the same file system whose bytes the caller has hashed, and returns its path. */
  async adopt(file: string, ref: BlobRef): Promise<string> {
    const path = this.pathOf(ref.blob);
    const handle = await open(file, "r");
    await handle.sync().finally(() => handle.close());
    await mkdir(dirname(path), { recursive: true });
    await rename(file, path);
    this.checked.add(ref.blob);
    return path;
  }

  private pathOf(blob: string): string {
    return join(this.folder, blobKey(blob));
  }

  /** Whether the bytes are there. A file with others, of that length or not, is a torn one, which a new put heals. */
  private async holds(ref: BlobRef): Promise<boolean> {
    if (!(await this.has(ref))) return false;
    if (this.checked.has(ref.blob)) return true;
    const isWhole = (await hashFile(this.pathOf(ref.blob))).blob === ref.blob;
    if (isWhole) this.checked.add(ref.blob);
    return isWhole;
  }

  private async has(ref: BlobRef): Promise<boolean> {
    const found = await stat(this.pathOf(ref.blob)).catch(() => null);
    return found?.size === ref.byteCount;
  }
}
