import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sha256 } from "../../../base/index.ts";
import type { HeldBlob } from "../artifact-store.ts";
import { blobKey } from "../blob-check.ts";
import type { S3Client } from "./s3-client.ts";
import { textOf } from "./s3-errors.ts";
import { listObjects } from "./s3-listing.ts";

/** No removal of a batch is begun later than so long after its list was written. */
const batchMs = 10_000;
/** A list that is older is that of a collection that died: longer than its ten seconds and the silence after which a line is given up. */
export const staleMs = 120_000;
const atATime = 16;
const waitMs = 500;
const folder = "condemned/";

/**
 * How objects leave a bucket while others put them. S3 cannot remove an object on the condition that nobody used it, so both sides
 * first write, then read (Dekker): a collection writes the list of what it is about to remove and then looks how old each is; a put
 * dates the object anew and then looks for such lists. One of them at least sees the other; a put that does waits. Whatever a put
 * found out, it looks for the object once more when no list names it, and puts it again where it is gone.
 */
export class Condemned {
  private readonly client: S3Client;

  constructor(client: S3Client) {
    this.client = client;
  }

  /** Removes a batch but for what was used since a moment. What there was no time for stays. @throws S3Outage: try again */
  async remove(blobs: readonly HeldBlob[], sinceMs: number): Promise<readonly HeldBlob[]> {
    const key = `${folder}${randomUUID()}`;
    const bytes = new TextEncoder().encode(blobs.map(({ blob }) => blob).join("\n"));
    const body = { bytes, sha256: sha256(bytes) };
    const beganMs = performance.now();
    await this.client.ask({ method: "PUT", key, body, statuses: [200] }, async () => undefined);
    const removed: HeldBlob[] = [];
    const waiting = [...blobs];
    const one = async (): Promise<void> => {
      for (let held = waiting.pop(); held !== undefined; held = waiting.pop()) {
        if (!(await this.isUnused(held.blob, sinceMs)) || performance.now() - beganMs > batchMs) continue;
        // Once: one that is asked again later might meet what was put in between.
        const request = { method: "DELETE", key: blobKey(held.blob), statuses: [200, 204, 404] } as const;
        await this.client.askOnce(request, async () => undefined);
        removed.push(held);
      }
    };
    const settled = await Promise.allSettled(Array.from({ length: atATime }, one));
    const failure = settled.find((each) => each.status === "rejected");
    // A request whose answer was lost may still be under way: its list is left until it is stale.
    if (failure !== undefined) throw failure.reason;
    await this.drop(key);
    return removed;
  }

  /** Waits while a collection may be removing the blob. */
  async waitFor(blob: string): Promise<void> {
    while (await this.names(blob)) await sleep(waitMs);
  }

  private async names(blob: string): Promise<boolean> {
    for await (const { objects, serverMs } of listObjects(this.client, folder)) {
      for (const { key, modifiedMs } of objects) {
        if (serverMs - modifiedMs > staleMs) await this.drop(key);
        else if ((await this.listed(key)).includes(blob)) return true;
      }
    }
    return false;
  }

  private async listed(key: string): Promise<readonly string[]> {
    return this.client.ask({ method: "GET", key, statuses: [200, 404] }, async (response) =>
      response.statusCode === 404 ? [] : (await textOf(response)).split("\n"),
    );
  }

  private async drop(key: string): Promise<void> {
    await this.client.ask({ method: "DELETE", key, statuses: [200, 204, 404] }, async () => undefined);
  }

  private async isUnused(blob: string, sinceMs: number): Promise<boolean> {
    const request = { method: "HEAD", key: blobKey(blob), statuses: [200, 404] } as const;
    return this.client.askOnce(request, async (response) => {
      return response.statusCode === 200 && Date.parse(response.headers["last-modified"] ?? "") < sinceMs;
    });
  }
}
