import { createHash } from "node:crypto";
import type { CollectableStore } from "../store/artifact-store.ts";
import { damageError } from "../store/blob-check.ts";
import { HashScan, hashesIn, isJsonLike } from "./hash-scan.ts";

/** Blobs that are read at a time. */
const atATime = 16;
/** A shorter one has no room for a hash. */
const namingBytes = 66;

/**
 * Finds the blobs that rows name, and those that these name: JSON is read through, anything else names nothing. `inventory` holds
 * the bytes of every blob there is.
 */
export class Marking {
  readonly marked = new Set<string>();
  private readonly store: CollectableStore;
  private readonly inventory: ReadonlyMap<string, number>;
  private readonly waiting: string[] = [];
  private readonly onRead: (done: number, total: number) => void;
  private read = 0;

  constructor(
    store: CollectableStore,
    inventory: ReadonlyMap<string, number>,
    onRead: (done: number, total: number) => void,
  ) {
    this.store = store;
    this.inventory = inventory;
    this.onRead = onRead;
  }

  /** Marks what texts of rows name. */
  add(texts: readonly string[]): void {
    for (const text of texts) this.mark(hashesIn(text));
  }

  /** Marks what those name, to the end. @throws artifact-damaged when one of them cannot be read: what it named is not known */
  async follow(): Promise<void> {
    while (this.waiting.length > 0) {
      const blobs = this.waiting.splice(-atATime);
      await Promise.all(blobs.map((blob) => this.readThrough(blob)));
      this.read += blobs.length;
      this.onRead(this.read, this.read + this.waiting.length);
    }
  }

  private mark(found: readonly string[]): void {
    for (const blob of found) {
      const byteCount = this.inventory.get(blob);
      if (byteCount === undefined || this.marked.has(blob)) continue;
      this.marked.add(blob);
      if (byteCount >= namingBytes) this.waiting.push(blob);
    }
  }

  private async readThrough(blob: string): Promise<void> {
    const scan = new HashScan();
    const hash = createHash("sha256");
    let isFirst = true;
    for await (const piece of this.store.read(blob)) {
      if (isFirst && !isJsonLike(piece)) return;
      isFirst = false;
      hash.update(piece);
      this.mark(scan.next(piece));
    }
    const found = hash.digest("hex");
    const ref = { blob, byteCount: this.inventory.get(blob) ?? 0 };
    if (found !== blob) throw damageError(`blob ${blob}`, ref, `its SHA-256 is ${found}`);
  }
}
