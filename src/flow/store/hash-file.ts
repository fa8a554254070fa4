import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { BlobRef } from "../blob.ts";

/** The reference that a file's bytes have, read as a stream. */
export async function hashFile(path: string): Promise<BlobRef> {
  const hash = createHash("sha256");
  let byteCount = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Uint8Array);
    byteCount += (chunk as Uint8Array).byteLength;
  }
  return { blob: hash.digest("hex"), byteCount };
}
