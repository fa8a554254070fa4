import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { sha256 } from "../../../base/index.ts";
import type { BlobRef } from "../../blob.ts";
import { assertSame, blobKey } from "../blob-check.ts";
import type { S3Client, S3Request } from "./s3-client.ts";
import { S3Outage, textOf } from "./s3-errors.ts";

/** A part; of a file of more than 80 GB larger ones, since there may be 10,000. */
const partBytes = 8 * 1024 * 1024;
const partsUnderWay = 4;
const partsMax = 10_000;

/**
 * Puts a file in parts, few in memory at a time. Nothing is there before the last step, and nothing is left of it when it fails.
 * `isThere` says whether the object is whole, which decides where the answer to the last step was lost. An object that is there is
 * left alone (`If-None-Match: *`), unless `isAgain`.
 */
export async function putLargeFile(
  client: S3Client,
  path: string,
  ref: BlobRef,
  isThere: () => Promise<boolean>,
  isAgain: boolean,
): Promise<void> {
  const key = blobKey(ref.blob);
  const uploadId = await begin(client, key);
  try {
    const tags = await putParts(client, path, ref, uploadId);
    const headers: Readonly<Record<string, string>> = isAgain ? {} : { "if-none-match": "*" };
    await complete(client, { key, query: { uploadId }, headers }, tags, isThere);
  } catch (error) {
    const request = { method: "DELETE", key, query: { uploadId }, statuses: [204, 404] } as const;
    await client.ask(request, async () => undefined).catch(() => "the bucket's life cycle removes it");
    throw error;
  }
}

async function begin(client: S3Client, key: string): Promise<string> {
  return client.ask({ method: "POST", key, query: { uploads: "" }, statuses: [200] }, async (response) => {
    const id = /<UploadId>([^<]+)<\/UploadId>/.exec(await textOf(response))?.[1];
    if (id === undefined) throw new S3Outage("an upload without an id");
    return id;
  });
}

async function putParts(client: S3Client, path: string, ref: BlobRef, uploadId: string): Promise<string[]> {
  const size = Math.max(partBytes, Math.ceil(ref.byteCount / partsMax));
  const whole = createHash("sha256");
  const tags: string[] = [];
  const underWay = new Set<Promise<void>>();
  const file = await open(path, "r");
  try {
    for (let part = 0; part * size < ref.byteCount; part++) {
      const bytes = await readPart(file, part * size, Math.min(size, ref.byteCount - part * size));
      whole.update(bytes);
      const query = { uploadId, partNumber: String(part + 1) };
      const putting = putPart(client, blobKey(ref.blob), query, bytes).then((tag) => {
        tags[part] = tag;
        underWay.delete(putting);
      });
      underWay.add(putting);
      if (underWay.size === partsUnderWay) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  } finally {
    await Promise.allSettled(underWay);
    await file.close();
  }
  // A file that changes while it is put must not get the name of what it was.
  assertSame(path, ref, { blob: whole.digest("hex"), byteCount: ref.byteCount });
  return tags;
}

async function readPart(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function putPart(
  client: S3Client,
  key: string,
  query: Readonly<Record<string, string>>,
  bytes: Uint8Array,
): Promise<string> {
  const body = { bytes, sha256: sha256(bytes) };
  return client.ask({ method: "PUT", key, query, body, statuses: [200] }, async (response) => {
    const tag = response.headers.etag;
    if (tag === undefined) throw new S3Outage("a part without an etag");
    return tag;
  });
}

async function complete(
  client: S3Client,
  place: Pick<S3Request, "key" | "query" | "headers">,
  tags: readonly string[],
  isThere: () => Promise<boolean>,
): Promise<void> {
  const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join("");
  const bytes = new TextEncoder().encode(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`);
  const request = { ...place, method: "POST" } as const;
  const body = { bytes, sha256: sha256(bytes) };
  // 404: an earlier try did it, and its answer was lost. 412: somebody else put the same bytes.
  await client.ask({ ...request, body, statuses: [200, 404, 412] }, async (response) => {
    const text = await textOf(response);
    // A store may find out about a failure after it has answered 200.
    if (response.statusCode === 200 && !text.includes("<Error>")) return;
    if (!(await isThere())) throw new S3Outage(`the upload was not completed (${response.statusCode})`);
  });
}
