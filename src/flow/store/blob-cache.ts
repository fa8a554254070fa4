import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import { FolderStore } from "./folder-store.ts";

/** What was handed out lately is not taken away from whoever reads it; the limit is exceeded by it instead. */
const keptMs = 60 * 60 * 1_000;

interface CachedFile {
  /** Where it is, and the links to it that inputs are read by: its room is free when all of them are gone. */
  readonly paths: string[];
  readonly bytes: number;
  readonly usedMs: number;
}

/** Copies of blobs on this machine, for all its processes: the longest unused go when there are more bytes than the limit. */
export class BlobCache {
  private readonly folder: string;
  private readonly limitBytes: number;
  private readonly clock: Clock;
  private readonly blobs: FolderStore;
  /** Bytes added since the folder was last looked through, which is done for an eighth of the limit at a time. */
  private addedBytes: number;

  constructor(folder: string, limitBytes: number, clock: Clock) {
    this.folder = folder;
    this.limitBytes = limitBytes;
    this.clock = clock;
    this.blobs = new FolderStore(folder);
    this.addedBytes = limitBytes;
  }

  /** A path in the cache's folder for a file that is written before it is adopted. */
  async incoming(): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    return join(this.folder, "incoming");
  }

  /** The file of a blob, checked; null when there is none that is whole. */
  async path(ref: BlobRef): Promise<string | null> {
    const path = await this.blobs.path(ref).catch(() => null);
    if (path !== null) await this.use(path);
    return path;
  }

  /** The bytes of a blob, checked; null when there is no file that is whole. */
  async read(ref: BlobRef): Promise<Uint8Array | null> {
    return this.blobs.get(ref).catch(() => null);
  }

  /** Moves in a file whose bytes the caller has hashed, and returns its path. */
  async adopt(file: string, ref: BlobRef): Promise<string> {
    const path = await this.blobs.adopt(file, ref);
    await this.use(path);
    this.addedBytes += ref.byteCount;
    if (this.addedBytes > this.limitBytes / 8) await this.sweep();
    return path;
  }

  private async use(path: string): Promise<void> {
    const now = this.clock.nowMs() / 1_000;
    await utimes(path, now, now).catch(() => "another process took it away: whoever opens it is told");
  }

  private async sweep(): Promise<void> {
    this.addedBytes = 0;
    const files = (await this.files()).sort((a, b) => a.usedMs - b.usedMs);
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { paths, bytes, usedMs } of files) {
      if (total <= this.limitBytes || usedMs > this.clock.nowMs() - keptMs) return;
      for (const path of paths) await rm(path, { force: true });
      total -= bytes;
    }
  }

  private async files(): Promise<CachedFile[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const files = new Map<number, CachedFile>();
    for (const path of paths) {
      const found = await stat(path).catch(() => null);
      if (found === null) continue;
      const file = files.get(found.ino) ?? { paths: [], bytes: found.size, usedMs: found.mtimeMs };
      file.paths.push(path);
      files.set(found.ino, file);
    }
    return [...files.values()];
  }
}
