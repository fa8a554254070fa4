import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRuns, type RunRecord } from "../../src/flow/index.ts";
import { type Cluster, startCluster, type WorkerProcess } from "../../src/flow/temporal/fixtures/cluster.ts";
import { kindred, resultBytes, startKindred, withFolder } from "./kindred-process.ts";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

/** The steps in the middle of the demo: records are being read, or pairs scored. */
const middle = ["ingest", "count", "match"];

async function newestRun(home: string): Promise<RunRecord | null> {
  const runs = await openRuns(home, cluster.places);
  try {
    const [newest] = await runs.list({ limit: 1 });
    return newest === undefined ? null : await runs.read(newest.run);
  } finally {
    await runs.close();
  }
}

/** The worker that has a task of the middle under way; null when none has. */
function busyWorker(record: RunRecord | null, workers: readonly WorkerProcess[]): WorkerProcess | null {
  const busy = record?.steps.flatMap(({ step, tasks }) =>
    middle.includes(step) ? tasks.flatMap(({ attempts }) => attempts.filter(({ status }) => status === "running")) : [],
  );
  return workers.find(({ child }) => busy?.some(({ workerPid }) => workerPid === child.pid) === true) ?? null;
}

/** Kills a worker with a task under way: first it is held up, so that it cannot end the task while it is chosen. */
async function killInTheMiddle(home: string, workers: readonly WorkerProcess[]): Promise<WorkerProcess> {
  for (;;) {
    const worker = busyWorker(await newestRun(home), workers);
    if (worker !== null) {
      worker.child.kill("SIGSTOP");
      const isStillBusy = busyWorker(await newestRun(home), [worker]) !== null;
      if (isStillBusy) worker.kill();
      worker.child.kill("SIGCONT");
      if (isStillBusy) return worker;
    }
    await sleep(20);
  }
}

test("the demo on two workers in empty folders, one killed in the middle, comes to the bytes of one machine", async () => {
  await withFolder(async (folder) => {
    const workers = await Promise.all([cluster.startWorker(), cluster.startWorker()]);
    const home = join(folder, ".kindred");
    const environment = { ...cluster.environment, KINDRED_HOST: "temporal" };
    const running = startKindred(folder, ["demo", "--out", "cluster", "--json"], undefined, home, environment);
    const killed = await killInTheMiddle(home, workers);
    const ended = await running.ended;
    expect(ended.exitCode, ended.stderr).toBe(0);
    const record = await newestRun(home);
    const lost = record?.steps.flatMap(({ tasks }) =>
      tasks.flatMap(({ attempts }) => attempts.filter(({ status }) => status === "lost")),
    );
    expect(lost?.map(({ workerPid }) => workerPid)).toContain(killed.child.pid);
    expect((await kindred(folder, "demo", "--out", "local", "--json")).exitCode).toBe(0);
    expect(await resultBytes(join(folder, "cluster"))).toEqual(await resultBytes(join(folder, "local")));
  });
}, 400_000);
