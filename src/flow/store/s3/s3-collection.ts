import { sha256 } from "../../../base/index.ts";
import type { HeldBlob, Removed } from "../artifact-store.ts";
import { blobKey, damageError } from "../blob-check.ts";
import { Patience } from "../patience.ts";
import type { Condemned } from "./condemned.ts";
import type { S3Client } from "./s3-client.ts";
import { finalError, isOutage, piecesOf, textOf } from "./s3-errors.ts";
import { listObjects, openUploads } from "./s3-listing.ts";

/** Objects under one list: as many as go in a few seconds. */
const batchBlobs = 200;
/** A store that does not come back within it is given up. */
const patienceMs = 30_000;
const firstBytes = 64 * 1024;
const pieceBytes = 8 * 1024 * 1024;
const ownersFolder = "owners/";

/** What a collection does in an S3-compatible store. */
export class S3Collection {
  private readonly client: S3Client;
  private readonly condemned: Condemned;

  constructor(client: S3Client, condemned: Condemned) {
    this.client = client;
    this.condemned = condemned;
  }

  async *list(): AsyncGenerator<readonly HeldBlob[]> {
    for await (const { objects } of listObjects(this.client, "")) {
      yield objects
        .filter(({ key }) => /^[0-9a-f]{2}\/[0-9a-f]{62}$/.test(key))
        .map(({ key, byteCount, modifiedMs }) => ({ blob: key.replace("/", ""), byteCount, usedMs: modifiedMs }));
    }
  }

  /** In pieces of their own requests, so that one that breaks off is asked again and a reader may stop after the first. */
  async *read(blob: string): AsyncGenerator<Uint8Array> {
    const key = blobKey(blob);
    let from = 0;
    for (let size = firstBytes; ; size = pieceBytes) {
      const range = { range: `bytes=${from}-${from + size - 1}` };
      const request = { method: "GET", key, headers: range, statuses: [200, 206, 404, 416] } as const;
      const piece = await this.client.ask(request, async (response) => {
        if (response.statusCode === 404)
          throw damageError(`${this.client.name}${key}`, { blob, byteCount: 0 }, "the object is gone");
        const pieces: Uint8Array[] = [];
        for await (const each of piecesOf(response)) pieces.push(each);
        return response.statusCode === 416 ? new Uint8Array() : Buffer.concat(pieces);
      });
      if (piece.byteLength > 0) yield piece;
      if (piece.byteLength !== size) return;
      from += size;
    }
  }

  async removeUnused(blobs: readonly HeldBlob[], sinceMs: number): Promise<readonly HeldBlob[]> {
    const removed: HeldBlob[] = [];
    for (let first = 0; first < blobs.length; first += batchBlobs) {
      const batch = blobs.slice(first, first + batchBlobs);
      const patience = new Patience(patienceMs);
      const gone = await patience
        .run(() => this.condemned.remove(batch, sinceMs), isOutage)
        .catch((error: unknown) => {
          throw finalError(error, this.client.name);
        });
      removed.push(...gone);
    }
    return removed;
  }

  /** Uploads in parts that nobody completed. Their parts have a size that only a list of each would say. */
  async removeLeftovers(beforeMs: number, isDry: boolean): Promise<Removed> {
    const old = (await openUploads(this.client)).filter(({ beganMs }) => beganMs < beforeMs);
    for (const { key, uploadId } of isDry ? [] : old) {
      const request = { method: "DELETE", key, query: { uploadId }, statuses: [204, 404] } as const;
      await this.client.ask(request, async () => undefined);
    }
    return { count: old.length, byteCount: 0 };
  }

  async addOwner(identity: string, place: string): Promise<void> {
    const bytes = new TextEncoder().encode(place);
    const body = { bytes, sha256: sha256(bytes) };
    const request = { method: "PUT", key: `${ownersFolder}${identity}`, body, statuses: [200, 412] } as const;
    await this.client.ask({ ...request, headers: { "if-none-match": "*" } }, async () => undefined);
  }

  async owners(): Promise<ReadonlyMap<string, string>> {
    const owners = new Map<string, string>();
    for await (const { objects } of listObjects(this.client, ownersFolder)) {
      for (const { key } of objects) {
        const place = await this.client.ask({ method: "GET", key, statuses: [200] }, textOf);
        owners.set(key.slice(ownersFolder.length), place);
      }
    }
    return owners;
  }
}
