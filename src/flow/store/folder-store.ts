import { constants, createReadStream } from "node:fs";
import { copyFile, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { asidePath, atATime, diskError, sha256, systemClock, writeFileAtomic } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import { type CollectableStore, type HeldBlob, type Removed, usedAgainMs } from "./artifact-store.ts";
import { assertSame, blobKey, damageError } from "./blob-check.ts";
import type { FolderOwners } from "./folder-owners.ts";
import { FolderTrash, touch } from "./folder-trash.ts";
import { hashFile } from "./hash-file.ts";

/** What is read of a blob at a time. */
const pieceBytes = 256 * 1024;
/** Blobs that are taken away at a time. */
const removalsAtATime = 16;

/** Artifacts in a folder: `ab/cdef...` holds the bytes of that SHA-256, written aside, synced and renamed into place. */
export class FolderStore implements CollectableStore {
  private readonly folder: string;
  private readonly trash: FolderTrash;
  /** What this process has checked already: reading a large file again only to hash it would double its cost. */
  private readonly checked = new Set<string>();

  constructor(folder: string) {
    this.folder = folder;
    this.trash = new FolderTrash(folder);
  }

  async put(bytes: Uint8Array): Promise<BlobRef> {
    const ref = { blob: sha256(bytes), byteCount: bytes.byteLength };
    if (!(await this.keeps(ref))) await writeFileAtomic(this.pathOf(ref.blob), bytes);
    return ref;
  }

  async putFile(path: string, move: boolean): Promise<BlobRef> {
    const aside = asidePath(join(this.folder, "incoming"));
    try {
      await mkdir(this.folder, { recursive: true });
      await (move ? rename(path, aside) : copyFile(path, aside, constants.COPYFILE_FICLONE));
      const ref = await hashFile(aside);
      if (!(await this.keeps(ref))) await this.adopt(aside, ref);
      return ref;
    } catch (error) {
      throw diskError(error, path);
    } finally {
      await rm(aside, { force: true });
    }
  }

  async get(ref: BlobRef): Promise<Uint8Array> {
    const path = this.pathOf(ref.blob);
    const bytes = await this.found(ref.blob, () => readFile(path)).catch((error: unknown) => {
      throw damageError(path, ref, "the file cannot be read", error);
    });
    assertSame(path, ref, { blob: sha256(bytes), byteCount: bytes.byteLength });
    return bytes;
  }

  async path(ref: BlobRef): Promise<string> {
    const path = this.pathOf(ref.blob);
    if (this.checked.has(ref.blob) && (await this.has(ref))) return path;
    const found = await this.found(ref.blob, () => hashFile(path)).catch((error: unknown) => {
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
    // It has the age of when its task wrote it.
    await touch(file);
    await rename(file, path);
    this.checked.add(ref.blob);
    return path;
  }

  async *list(): AsyncGenerator<readonly HeldBlob[]> {
    const { blobsIn } = await import("./folder-listing.ts");
    yield* blobsIn(this.folder);
  }

  async *read(blob: string): AsyncGenerator<Uint8Array> {
    const path = this.pathOf(blob);
    try {
      const { size } = await this.found(blob, () => stat(path));
      // A stream takes the room of a whole piece for whatever it reads, and most blobs are of some hundred bytes.
      if (size <= pieceBytes) yield await readFile(path);
      else for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) yield piece as Uint8Array;
    } catch (error) {
      throw damageError(path, { blob, byteCount: 0 }, "the file cannot be read", error);
    }
  }

  async removeUnused(blobs: readonly HeldBlob[], sinceMs: number): Promise<readonly HeldBlob[]> {
    const gone = await atATime(removalsAtATime, blobs, ({ blob }) => this.trash.remove(blob, sinceMs));
    return blobs.filter((_, place) => gone[place]);
  }

  async removeLeftovers(beforeMs: number, isDry: boolean): Promise<Removed> {
    if (!isDry) await this.trash.restoreAll();
    const { removePartials } = await import("./folder-listing.ts");
    return removePartials(this.folder, beforeMs, isDry);
  }

  async addOwner(identity: string, place: string): Promise<void> {
    await (await this.ownedBy()).add(identity, place);
  }

  async owners(): Promise<ReadonlyMap<string, string>> {
    return (await this.ownedBy()).all();
  }

  /** Loaded on use: each worker process opens a store, and asks for no owner. */
  private async ownedBy(): Promise<FolderOwners> {
    const { FolderOwners } = await import("./folder-owners.ts");
    return new FolderOwners(this.folder);
  }

  private pathOf(blob: string): string {
    return join(this.folder, blobKey(blob));
  }

  /** Whether the bytes are there. A file with others, of that length or not, is a torn one, which a new put heals. */
  private async holds(ref: BlobRef): Promise<boolean> {
    if (!(await this.has(ref))) return false;
    if (this.checked.has(ref.blob)) return true;
    // A collection may take the file in between.
    const isWhole = (await hashFile(this.pathOf(ref.blob)).catch(() => null))?.blob === ref.blob;
    if (isWhole) this.checked.add(ref.blob);
    return isWhole;
  }

  /** Whether the bytes are there and stay, noted as used now: a collection spares them. */
  private async keeps(ref: BlobRef): Promise<boolean> {
    if (!(await this.holds(ref))) return false;
    const path = this.pathOf(ref.blob);
    const found = await stat(path).catch(() => null);
    if (found === null) return false;
    return found.mtimeMs > systemClock.nowMs() - usedAgainMs || touch(path);
  }

  /** Looks for a blob where it belongs, then where a collection may just have put it. */
  private async found<T>(blob: string, look: () => Promise<T>): Promise<T> {
    try {
      return await look();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      await this.trash.restore(blob);
      return look();
    }
  }

  private async has(ref: BlobRef): Promise<boolean> {
    const found = await stat(this.pathOf(ref.blob)).catch(() => null);
    return found?.size === ref.byteCount;
  }
}
