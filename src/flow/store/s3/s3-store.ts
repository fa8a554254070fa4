import { createHash } from "node:crypto";
import { open, readFile, rm } from "node:fs/promises";
import { asidePath, diskError, sha256 } from "../../../base/index.ts";
import type { BlobRef } from "../../blob.ts";
import type { CollectableStore, HeldBlob, Removed } from "../artifact-store.ts";
import type { BlobCache } from "../blob-cache.ts";
import { assertSame, blobKey, damageError } from "../blob-check.ts";
import { hashFile } from "../hash-file.ts";
import { Condemned } from "./condemned.ts";
import { putLargeFile } from "./multipart.ts";
import type { S3Client } from "./s3-client.ts";
import { S3Collection } from "./s3-collection.ts";
import { piecesOf } from "./s3-errors.ts";
import { keepObject } from "./s3-use.ts";

/** A larger file goes in parts, so that memory stays bounded and what breaks off is not sent again whole. */
const onePutBytes = 8 * 1024 * 1024;

/**
 * Artifacts in an S3-compatible store, one object each under the layout of the folder store: `ab/cdef...`. An object that is there
 * is never written over by another (`If-None-Match: *`), except one of the wrong length, which a put heals.
 */
export class S3Store implements CollectableStore {
  private readonly client: S3Client;
  private readonly cache: BlobCache;
  private readonly condemned: Condemned;
  private readonly collection: S3Collection;

  constructor(client: S3Client, cache: BlobCache) {
    this.client = client;
    this.cache = cache;
    this.condemned = new Condemned(client);
    this.collection = new S3Collection(client, this.condemned);
  }

  async put(bytes: Uint8Array): Promise<BlobRef> {
    const ref = { blob: sha256(bytes), byteCount: bytes.byteLength };
    await this.putOnce(ref, bytes);
    return ref;
  }

  async putFile(path: string, move: boolean): Promise<BlobRef> {
    const ref = await hashFile(path).catch((error: unknown) => {
      throw diskError(error, path);
    });
    if (ref.byteCount <= onePutBytes) await this.putOnce(ref, await readChecked(path, ref));
    else await this.putLarge(ref, path);
    if (move) await this.cache.adopt(path, ref);
    return ref;
  }

  async get(ref: BlobRef): Promise<Uint8Array> {
    const cached = await this.cache.read(ref);
    if (cached !== null) return cached;
    return this.client.ask(this.getRequest(ref), async (response) => {
      if (response.statusCode === 404) throw this.gone(ref);
      const pieces: Uint8Array[] = [];
      for await (const piece of piecesOf(response)) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      assertSame(this.nameOf(ref), ref, { blob: sha256(bytes), byteCount: bytes.byteLength });
      return bytes;
    });
  }

  async path(ref: BlobRef): Promise<string> {
    const cached = await this.cache.path(ref);
    if (cached !== null) return cached;
    const aside = asidePath(await this.cache.incoming());
    try {
      const found = await this.client.ask(this.getRequest(ref), (response) => {
        if (response.statusCode === 404) throw this.gone(ref);
        return writePieces(aside, piecesOf(response));
      });
      assertSame(this.nameOf(ref), ref, found);
      return await this.cache.adopt(aside, ref);
    } catch (error) {
      throw diskError(error, aside);
    } finally {
      await rm(aside, { force: true });
    }
  }

  list(): AsyncIterable<readonly HeldBlob[]> {
    return this.collection.list();
  }

  read(blob: string): AsyncIterable<Uint8Array> {
    return this.collection.read(blob);
  }

  async removeUnused(blobs: readonly HeldBlob[], sinceMs: number): Promise<readonly HeldBlob[]> {
    return this.collection.removeUnused(blobs, sinceMs);
  }

  async removeLeftovers(beforeMs: number, isDry: boolean): Promise<Removed> {
    return this.collection.removeLeftovers(beforeMs, isDry);
  }

  async addOwner(identity: string, place: string): Promise<void> {
    await this.collection.addOwner(identity, place);
  }

  async owners(): Promise<ReadonlyMap<string, string>> {
    return this.collection.owners();
  }

  private async putOnce(ref: BlobRef, bytes: Uint8Array): Promise<void> {
    const body = { bytes, sha256: ref.blob };
    const request = { method: "PUT", key: blobKey(ref.blob), body } as const;
    const isNew = await this.client.ask(
      { ...request, headers: { "if-none-match": "*" }, statuses: [200, 412] },
      async (response) => response.statusCode === 200,
    );
    if (isNew) return;
    while (!(await this.keeps(ref))) await this.client.ask({ ...request, statuses: [200] }, async () => undefined);
  }

  private async putLarge(ref: BlobRef, path: string): Promise<void> {
    while (!(await this.keeps(ref))) {
      await putLargeFile(this.client, path, ref, () => this.has(ref), await this.has(ref));
    }
  }

  /** Whether the object is there and stays: a collection spares it. */
  private keeps(ref: BlobRef): Promise<boolean> {
    return keepObject(this.client, this.condemned, ref);
  }

  /** Whether there is an object of that length. */
  private async has(ref: BlobRef): Promise<boolean> {
    return this.client.ask({ method: "HEAD", key: blobKey(ref.blob), statuses: [200, 404] }, async (response) => {
      return response.statusCode === 200 && Number(response.headers["content-length"]) === ref.byteCount;
    });
  }

  private getRequest({ blob }: BlobRef) {
    return { method: "GET", key: blobKey(blob), statuses: [200, 404] } as const;
  }

  private nameOf({ blob }: BlobRef): string {
    return `${this.client.name}${blobKey(blob)}`;
  }

  private gone(ref: BlobRef): Error {
    return damageError(this.nameOf(ref), ref, "the object is gone");
  }
}

async function readChecked(path: string, ref: BlobRef): Promise<Uint8Array> {
  const bytes = await readFile(path);
  assertSame(path, ref, { blob: sha256(bytes), byteCount: bytes.byteLength });
  return bytes;
}

/** Writes a file, and says what it wrote: reading it again only to hash it would take as long again. */
async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<BlobRef> {
  const hash = createHash("sha256");
  let byteCount = 0;
  const handle = await open(path, "w");
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      byteCount += piece.byteLength;
      await handle.writeFile(piece);
    }
  } finally {
    await handle.close();
  }
  return { blob: hash.digest("hex"), byteCount };
}
