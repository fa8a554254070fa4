import { type DecodeOptions, decodeTable, encodeTable, type Table } from "../../columns/index.ts";
import type { BlobRef, TaskBlobs } from "../../flow/index.ts";

/** Stores a table as an Arrow file in the artifact store. */
export function putTable(blobs: TaskBlobs, table: Table, name: string): Promise<BlobRef> {
  return blobs.put(encodeTable(table), `${name}.arrow`);
}

/** The table that {@link putTable} stored. */
export async function getTable(
  blobs: Pick<TaskBlobs, "get">,
  ref: BlobRef,
  options: DecodeOptions = {},
): Promise<Table> {
  return decodeTable(await blobs.get(ref), options);
}

/** Stores plain data as JSON in the artifact store: for what may grow beyond the size of an artifact. */
export function putJson(blobs: TaskBlobs, value: unknown, name: string): Promise<BlobRef> {
  return blobs.put(Buffer.from(JSON.stringify(value)), `${name}.json`);
}

/** The plain data that {@link putJson} stored. */
export async function getJson<T>(blobs: Pick<TaskBlobs, "get">, ref: BlobRef): Promise<T> {
  return JSON.parse(Buffer.from(await blobs.get(ref)).toString("utf8")) as T;
}
