import type { Client } from "@temporalio/client";
import { isKindredError, systemClock } from "../../base/index.ts";
import type { RunHead, RunSummary } from "../run-record.ts";
import type { RunWait, RunWaits } from "../run-waits.ts";
import type { MetadataReader } from "../store/metadata-store.ts";
import { defaultPrefix } from "./names.ts";
import { noServer } from "./no-server.ts";
import type { TemporalPlace } from "./temporal-place.ts";

type WaitMetadata = Pick<MetadataReader, "readClusterRuns" | "readSteps">;

/** Nobody waits longer for a list of runs since a server does not answer. */
const patienceMs = 2_000;

/** The newest runs that may wait are asked about. */
const runsMax = 50;

/**
 * Finds out what runs wait for. Only runs that a cluster has not ended are asked about, all at once; where there is none no server is
 * asked, and no package of Temporal loaded. It never throws for a server: what cannot be known is said to be unknown.
 */
export class WaitReader {
  private readonly place: TemporalPlace | undefined;
  private client: Promise<Client> | null = null;

  constructor(place: TemporalPlace | undefined) {
    this.place = place;
  }

  async read(metadata: WaitMetadata, runs: readonly RunSummary[]): Promise<RunWaits> {
    const mayWait = runs.filter(({ status, error }) => status === "running" || (status === "interrupted" && !error));
    const heads = mayWait.length === 0 ? [] : await metadata.readClusterRuns(mayWait.map(({ run }) => run));
    if (heads.length === 0) return { byRun: new Map(), unknown: null };
    const asked = heads.slice(0, runsMax);
    if (this.place === undefined) return unknown("no Temporal server is named");
    try {
      const byRun = await this.ask(this.place, metadata, asked);
      return { byRun, unknown: asked.length < heads.length ? `only the newest ${runsMax} were asked about` : null };
    } catch (error) {
      return unknown((isKindredError(error) ? error : noServer(this.place.address, error)).message);
    }
  }

  async close(): Promise<void> {
    const client = await this.client?.catch(() => null);
    await client?.connection.close();
  }

  private async ask(
    place: TemporalPlace,
    metadata: WaitMetadata,
    heads: readonly RunHead[],
  ): Promise<ReadonlyMap<string, RunWait>> {
    const [{ ClusterLook }, { checkNamespace }] = await Promise.all([
      import("./client/cluster-look.ts"),
      import("./check-namespace.ts"),
    ]);
    this.client ??= import("./client/connect.ts").then(({ lookingClient }) => lookingClient(place));
    const client = await this.client;
    await checkNamespace(place, client.connection, patienceMs);
    const look = new ClusterLook(client, place.prefix ?? defaultPrefix);
    const waits = await client.withDeadline(systemClock.nowMs() + patienceMs, () =>
      Promise.all(heads.map(async (head) => [head.run, await look.waitOf(metadata, head)] as const)),
    );
    return new Map(waits.flatMap(([run, wait]) => (wait === null ? [] : [[run, wait] as const])));
  }
}

function unknown(why: string): RunWaits {
  return { byRun: new Map(), unknown: why };
}
