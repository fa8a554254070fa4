import { createHash } from "node:crypto";
import { flow } from "../../src/flow/index.ts";

function make(mebibytes: number): Uint8Array {
  return Buffer.alloc(mebibytes * 1024 * 1024, Buffer.from([...Array(256).keys()]));
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
