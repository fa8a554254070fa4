import type { Client } from "@temporalio/client";
import type { RunEvent } from "../../run-event.ts";
import type { MetadataReader } from "../../store/metadata-store.ts";
import { ClusterLook } from "./cluster-look.ts";

/** What is needed to see whether a run waits for workers. */
export interface QueueWatchParts {
  readonly client: Client;
  readonly metadata: Pick<MetadataReader, "readHead" | "readSteps">;
  readonly run: string;
  readonly prefix: string;
  readonly emit: (event: RunEvent) => void;
}

/** A run must have had this long to find workers, and is looked at again so often. */
const askMs = 5_000;

/** Tells of a run that is followed that it waits for workers, and that it goes on. */
export class QueueWatch {
  private readonly parts: QueueWatchParts;
  private nextMs = performance.now() + askMs;
  private told = "[]";

  constructor(parts: QueueWatchParts) {
    this.parts = parts;
  }

  /** Looks, when it is time to. A server or a store that does not answer says nothing of workers. */
  async look(): Promise<void> {
    if (performance.now() < this.nextMs) return;
    const { client, prefix, metadata, run, emit } = this.parts;
    const look = new ClusterLook(client, prefix);
    const wait = await metadata
      .readHead(run)
      .then((head) => look.waitOf(metadata, head))
      .catch(() => "unknown" as const);
    this.nextMs = performance.now() + askMs;
    const queues = wait === "unknown" ? null : (wait?.queues ?? []);
    if (queues === null || JSON.stringify(queues) === this.told) return;
    this.told = JSON.stringify(queues);
    emit({ type: "run-waiting", run, queues });
  }
}
