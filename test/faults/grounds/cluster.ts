import pg from "pg";
import { seededRandom } from "../../../src/base/index.ts";
import { type Cluster, startCluster } from "../../../src/flow/temporal/fixtures/cluster.ts";
import { type Ground, nothingMissing, type OpenGround } from "../fault.ts";
import { clusterWorkerKill, temporalKill } from "../injections/cluster.ts";
import { postgresQuery, s3Blobs } from "../judge/scenes.ts";
import { calmRun, type Places } from "../round.ts";
import { Crew } from "./crew.ts";

/** Runs of two workers on Temporal with its history in a file, PostgreSQL and S3. Rounds of a lane share them all. */
export const cluster: Ground = {
  title: "Temporal",
  names: ["kill -9 of a Temporal worker", "kill -9 of the Temporal server"],
  lanes: 4,
  missing: nothingMissing,
  open: openCluster,
};

async function openCluster(): Promise<OpenGround> {
  const servers = await startCluster({ inFile: true });
  const database = new pg.Client(servers.places.metadata);
  await database.connect();
  const crew = new Crew(servers);
  await crew.fill();
  let count = 0;
  return {
    faults: [
      { name: "kill -9 of a Temporal worker", inject: (round) => clusterWorkerKill(round, crew) },
      { name: "kill -9 of the Temporal server", inject: (round) => temporalKill(round, servers.server.process, crew) },
    ],
    newPlaces: async () => {
      await crew.fill();
      count += 1;
      return placesOf(servers, database, `round ${count}`);
    },
    close: async () => {
      await database.end();
      await servers.stop();
    },
  };
}

/**
 * Where the next run lives: beside those of earlier rounds, from which its salt and its number tell it. What it must
 * come to is what a calm run on one machine does.
 */
async function placesOf({ places, temporal, s3 }: Cluster, database: pg.Client, salt: string): Promise<Places> {
  const params = { salt };
  const count = async (sql: string): Promise<number> => Number((await database.query(sql)).rows[0].count);
  const after = await count("select coalesce(max(run), 0) as count from runs");
  const { evidence } = await calmRun(seededRandom(0), { params });
  return {
    order: { ...places, temporal },
    scene: { query: postgresQuery(places.metadata), blobBytes: s3Blobs(s3.ask, "/kindred/test"), after },
    params,
    calm: evidence,
    commits: () => count(`select count(*) as count from attempts where run > ${after} and status = 'done'`),
    isDetached: true,
  };
}
