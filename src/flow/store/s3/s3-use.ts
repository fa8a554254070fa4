import type { BlobRef } from "../../blob.ts";
import { usedAgainMs } from "../artifact-store.ts";
import { blobKey } from "../blob-check.ts";
import { type Condemned, staleMs } from "./condemned.ts";
import type { S3Client } from "./s3-client.ts";
import { serverTime } from "./s3-listing.ts";

/** One request copies no more. */
const copyBytesMax = 5 * 1024 ** 3;

/**
 * Keeps an object that is there, dated anew so that a collection spares it. False when it has to be put: it is gone, has another
 * length, or is too large to be copied onto itself.
 */
export async function keepObject(client: S3Client, condemned: Condemned, ref: BlobRef): Promise<boolean> {
  const ageMs = await ageOf(client, ref);
  if (ageMs === null) return false;
  const isOld = ageMs > usedAgainMs;
  if (isOld && (ref.byteCount > copyBytesMax || !(await dateAnew(client, ref)))) return false;
  // Older than any list: who looked before it was dated has removed it by now, or never will.
  if (!isOld && ageMs > staleMs) return true;
  await condemned.waitFor(ref.blob);
  // A collection that was through with its list before this looked for lists may have removed it.
  return (await ageOf(client, ref)) !== null;
}

/** Null where there is no object of that length. */
async function ageOf(client: S3Client, { blob, byteCount }: BlobRef): Promise<number | null> {
  return client.ask({ method: "HEAD", key: blobKey(blob), statuses: [200, 404] }, async (response) => {
    const { "content-length": length, "last-modified": modified } = response.headers;
    if (response.statusCode === 404 || Number(length) !== byteCount) return null;
    return serverTime(response) - Date.parse(modified ?? "");
  });
}

async function dateAnew(client: S3Client, { blob }: BlobRef): Promise<boolean> {
  const key = blobKey(blob);
  const { bucket, prefix } = client.place;
  const headers = { "x-amz-copy-source": `/${bucket}/${prefix}${key}`, "x-amz-metadata-directive": "REPLACE" };
  return client.ask(
    { method: "PUT", key, headers, statuses: [200, 404] },
    async ({ statusCode }) => statusCode === 200,
  );
}
