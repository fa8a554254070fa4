import { startCuttingProxy } from "../servers/cutting-proxy.ts";
import { startPostgres } from "../servers/postgres-server.ts";
import { startS3 } from "../servers/s3-server.ts";
import type { Fault } from "./faults.ts";
import { postgresKill, storeCut } from "./injections/servers.ts";
import { postgresQuery, s3Blobs } from "./judge/scenes.ts";
import type { Places } from "./round.ts";

/** Faults of runs whose metadata and artifacts are on servers, and where each round's run lives. */
export interface RemoteFaults {
  readonly faults: readonly Fault[];
  /** An empty database and an empty folder of the bucket. */
  readonly newPlaces: () => Promise<Places>;
  stop(): Promise<void>;
}

const places = ["before", "in", "after"] as const;

/** Starts PostgreSQL, and an S3 server behind a proxy that can cut. All rounds share them, so rounds come one at a time. */
export async function startRemoteFaults(): Promise<RemoteFaults> {
  const [database, store] = await Promise.all([startPostgres(), startS3()]);
  await store.createBucket("runs");
  const proxy = await startCuttingProxy(store.port);
  const nothing = (): null => null;
  let count = 0;
  return {
    faults: [
      { name: "kill -9 of PostgreSQL", inject: (round) => postgresKill(round, database), missing: nothing },
      ...places.map((place) => ({
        name: `S3 cut off ${place} a put`,
        inject: (round: Parameters<Fault["inject"]>[0]) => storeCut(round, proxy, place),
        missing: nothing,
      })),
    ],
    newPlaces: async () => {
      count += 1;
      const metadata = await database.createDatabase(`round_${count}`);
      const s3 = { endpoint: proxy.endpoint, credentials: store.credentials };
      return {
        order: { metadata, artifacts: `s3://runs/round-${count}`, s3 },
        scene: { query: postgresQuery(metadata), blobBytes: s3Blobs(store.ask, `/runs/round-${count}`) },
      };
    },
    stop: async () => {
      await proxy.close();
      await Promise.all([database.stop(), store.stop()]);
    },
  };
}
