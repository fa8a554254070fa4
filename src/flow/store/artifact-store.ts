import type { BlobRef } from "../blob.ts";

/** Content-addressed bytes, in a folder or in S3-compatible storage. Safe to use from many processes at a time. */
export interface ArtifactStore {
  /** Durable and whole when the promise resolves. Equal bytes are stored once. */
  put(bytes: Uint8Array): Promise<BlobRef>;
  /** Takes the file's bytes; with `move` the file itself, which must be on the store's file system. */
  putFile(path: string, move: boolean): Promise<BlobRef>;
  /** @throws artifact-damaged when the bytes are gone or are not what was put */
  get(ref: BlobRef): Promise<Uint8Array>;
  /** A local file with the bytes, checked. @throws artifact-damaged */
  path(ref: BlobRef): Promise<string>;
}

/** A blob as its store lists it. */
export interface HeldBlob {
  readonly blob: string;
  readonly byteCount: number;
  /** When it was put last, by the store's clock; up to {@link usedAgainMs} earlier where its bytes were there already. */
  readonly usedMs: number;
}

/** A put of bytes that were put within so long leaves the time as it is. */
export const usedAgainMs = 10 * 60 * 1_000;

/** Bytes that were taken away. */
export interface Removed {
  readonly count: number;
  readonly byteCount: number;
}

/** An artifact store whose unused blobs can be taken away while others use it. */
export interface CollectableStore extends ArtifactStore {
  /** All blobs, in pages. */
  list(): AsyncIterable<readonly HeldBlob[]>;
  /** The bytes of a blob as they come, not checked. @throws artifact-damaged when they are gone */
  read(blob: string): AsyncIterable<Uint8Array>;
  /**
   * Takes those blobs away that were not put since a moment, and says which. A put that finds its bytes there at the same time keeps
   * them or puts them again: what it returned stays.
   */
  removeUnused(blobs: readonly HeldBlob[], sinceMs: number): Promise<readonly HeldBlob[]>;
  /** Takes away what writers left that died before that moment; only says what that is when `isDry`. */
  removeLeftovers(beforeMs: number, isDry: boolean): Promise<Removed>;
  /** Notes that a metadata's rows name blobs of this store: its identity, and what people know it by. */
  addOwner(identity: string, place: string): Promise<void>;
  /** What people know them by, by identity. */
  owners(): Promise<ReadonlyMap<string, string>>;
}
