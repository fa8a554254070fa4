/** A reference to bytes in the artifact store: all that metadata and messages ever hold of them. */
export interface BlobRef {
  /** SHA-256 of the bytes, 64 hex digits: the address. */
  readonly blob: string;
  readonly byteCount: number;
  /** A name for people, such as `pairs.arrow`; not part of the address. */
  readonly name?: string;
}

/** How a task hands bytes to later steps: put them, return the reference, get them there. */
export interface TaskBlobs {
  /** Stores bytes; equal bytes are stored once. The reference is valid when the promise resolves, also after a power cut. */
  put(bytes: Uint8Array, name?: string): Promise<BlobRef>;
  /** Stores a file. `move` spares the copy when the file is the task's own, such as one in its `tempDirectory`. */
  putFile(path: string, options?: { readonly name?: string; readonly move?: boolean }): Promise<BlobRef>;
  /** The bytes. @throws artifact-damaged when they are gone or are not what was put */
  get(ref: BlobRef): Promise<Uint8Array>;
  /** A local file with the bytes, for reading only, checked like {@link TaskBlobs.get}. */
  path(ref: BlobRef): Promise<string>;
}
