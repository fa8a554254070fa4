import type { IncomingMessage } from "node:http";
import { systemClock } from "../../../base/index.ts";
import type { S3Client } from "./s3-client.ts";
import { textOf } from "./s3-errors.ts";

/** An object as its bucket lists it. */
export interface ListedObject {
  /** Within the place. */
  readonly key: string;
  readonly byteCount: number;
  readonly modifiedMs: number;
}

/** A page of a list, and the time by the server's clock. */
export interface ListedPage {
  readonly objects: readonly ListedObject[];
  readonly serverMs: number;
}

/** The objects of a place whose keys begin so, in pages of at most 1,000 (ListObjectsV2). */
export async function* listObjects(client: S3Client, prefix: string): AsyncGenerator<ListedPage> {
  let token: string | undefined;
  do {
    const query = {
      ...{ "list-type": "2", prefix: `${client.place.prefix}${prefix}` },
      ...(token === undefined ? {} : { "continuation-token": token }),
    };
    const { text, serverMs } = await client.ask({ method: "GET", key: null, query, statuses: [200] }, readPage);
    const objects = elements(text, "Contents").map((entry) => ({
      key: element(entry, "Key").slice(client.place.prefix.length),
      byteCount: Number(element(entry, "Size")),
      modifiedMs: Date.parse(element(entry, "LastModified")),
    }));
    yield { objects, serverMs };
    token = element(text, "IsTruncated") === "true" ? element(text, "NextContinuationToken") : undefined;
  } while (token !== undefined);
}

/** An upload in parts that was never completed. */
export interface OpenUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly beganMs: number;
}

/** The uploads in parts of a place that were begun and neither completed nor given up; at most 1,000. */
export async function openUploads(client: S3Client): Promise<readonly OpenUpload[]> {
  const query = { uploads: "", prefix: client.place.prefix };
  const { text } = await client.ask({ method: "GET", key: null, query, statuses: [200] }, readPage);
  return elements(text, "Upload").map((entry) => ({
    key: element(entry, "Key").slice(client.place.prefix.length),
    uploadId: element(entry, "UploadId"),
    beganMs: Date.parse(element(entry, "Initiated")),
  }));
}

async function readPage(response: IncomingMessage): Promise<{ readonly text: string; readonly serverMs: number }> {
  return { text: await textOf(response), serverMs: serverTime(response) };
}

/** When the server answered, by its own clock, which objects are dated by. */
export function serverTime(response: IncomingMessage): number {
  return Date.parse(response.headers.date ?? "") || systemClock.nowMs();
}

function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, inner]) => inner as string);
}

function element(xml: string, name: string): string {
  const text = elements(xml, name)[0] ?? "";
  return text.replace(/&(amp|quot|lt|gt|#x2F|#47);/g, (_, code: string) => entities[code] as string);
}

const entities: Readonly<Record<string, string>> = { amp: "&", quot: '"', lt: "<", gt: ">", "#x2F": "/", "#47": "/" };
