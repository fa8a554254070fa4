import type { BlobRef } from "../blob.ts";

/** Content-addressed bytes: a folder now, S3-compatible storage later. Safe to use from many processes at a time. */
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
