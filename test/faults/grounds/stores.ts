import { type CuttingProxy, startCuttingProxy } from "../../servers/cutting-proxy.ts";
import { type PostgresServer, startPostgres } from "../../servers/postgres-server.ts";
import { startS3 } from "../../servers/s3-server.ts";
import { type Fault, type Ground, nothingMissing, type OpenGround } from "../fault.ts";
import { postgresKill, storeCut } from "../injections/stores.ts";
import { postgresQuery, s3Blobs } from "../judge/scenes.ts";

const cutPlaces = ["before", "in", "after"] as const;

/** Runs of one machine whose metadata are in PostgreSQL and whose artifacts are in S3, behind a proxy that can cut. */
export const stores: Ground = {
  title: "one machine with PostgreSQL and S3",
  names: ["kill -9 of PostgreSQL", ...cutPlaces.map((place) => `S3 cut off ${place} a put`)],
  lanes: 3,
  missing: nothingMissing,
  open: openStores,
};

async function openStores(): Promise<OpenGround> {
  const [database, store] = await Promise.all([startPostgres(), startS3()]);
  await store.createBucket("runs");
  const proxy = await startCuttingProxy(store.port);
  let count = 0;
  return {
    faults: faultsOf(database, proxy),
    newPlaces: async () => {
      count += 1;
      const metadata = await database.createDatabase(`round_${count}`);
      const s3 = { endpoint: proxy.endpoint, credentials: store.credentials };
      return {
        order: { metadata, artifacts: `s3://runs/round-${count}`, s3 },
        scene: { query: postgresQuery(metadata), blobBytes: s3Blobs(store.ask, `/runs/round-${count}`) },
      };
    },
    close: async () => {
      await proxy.close();
      await Promise.all([database.stop(), store.stop()]);
    },
  };
}

function faultsOf(database: PostgresServer, proxy: CuttingProxy): Fault[] {
  return [
    { name: "kill -9 of PostgreSQL", inject: (round) => postgresKill(round, database) },
    ...cutPlaces.map(
      (place): Fault => ({ name: `S3 cut off ${place} a put`, inject: (round) => storeCut(round, proxy, place) }),
    ),
  ];
}
