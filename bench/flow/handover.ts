import { createHash } from "node:crypto";
import { flow } from "../../src/flow/index.ts";

/** A MiB that does not compress, repeated: real artifacts are compressed already, or Arrow. */
function make(mebibytes: number): Uint8Array {
  const hashes = Array.from({ length: 32_768 }, (_, i) => createHash("sha256").update(String(i)).digest());
  return Buffer.alloc(mebibytes * 1024 * 1024, Buffer.concat(hashes));
}

/** Bytes of one task, read by the next; without `handed` both make them, which costs the same but for the handing over. */
export default flow("handover", { params: { mebibytes: 100, handed: true } })
  .step("start", async ({ params, blobs }) => {
    const data = make(params.mebibytes);
    return { data: await blobs.put(params.handed ? data : data.subarray(0, 1)) };
  })
  .step("end", async ({ params, art, blobs }) => {
    const data = params.handed ? await blobs.get(art.start.data) : make(params.mebibytes);
    return createHash("sha256").update(data).digest("hex");
  });
