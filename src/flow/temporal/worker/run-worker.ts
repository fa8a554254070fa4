import { resolve } from "node:path";
import { Client } from "@temporalio/client";
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker } from "@temporalio/worker";
import { systemClock } from "../../../base/index.ts";
import { type HomeStores, homeArtifacts, withHomeStores } from "../../home/home-stores.ts";
import { checkNamespace } from "../check-namespace.ts";
import { controlQueue, defaultPrefix, serverQueue } from "../names.ts";
import { noServer } from "../no-server.ts";
import type { ClusterWorkerOptions } from "../worker-options.ts";
import { controlActivities } from "./control-activities.ts";
import { coresOfQueue } from "./cores-of-queue.ts";
import { RunShelf } from "./run-shelf.ts";
import { taskActivities } from "./task-activities.ts";
import type { WorkerParts } from "./worker-parts.ts";
import { workflowBundle } from "./workflow-bundle.ts";

/** Runs of many machines hold leases and stops at once: short activities, many at a time. */
const controlActivitiesMax = 500;

/** A task that is under way when the worker is asked to end may take so long. */
const shutdownGraceMs = 5_000;

/** See the door of this room. */
export async function runWorker(options: ClusterWorkerOptions): Promise<void> {
  for (const queue of options.queues) coresOfQueue(queue);
  await withHomeStores(options.home, options, (stores) => {
    const parts = partsOf(options, stores);
    return withServer(options, (connection) => work(options, parts, connection));
  });
}

/** What is installed ends with its last connection, and holds the process up until there was one. */
async function withServer(
  { temporal, onWarning }: ClusterWorkerOptions,
  use: (connection: NativeConnection) => Promise<void>,
): Promise<void> {
  Runtime.install({
    shutdownSignals: [],
    // A workflow worker without activities of its own, an activity tried again: nothing that a person must do something about.
    logger: new DefaultLogger("ERROR", ({ message }) => onWarning?.(message)),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: "ERROR", other: "ERROR" }), forward: {} },
    },
  });
  const connection = await NativeConnection.connect({ address: temporal.address }).catch((error: unknown) => {
    throw noServer(temporal.address, error);
  });
  try {
    await checkNamespace(temporal, connection);
    await use(connection);
  } finally {
    await connection.close();
  }
}

async function work(options: ClusterWorkerOptions, parts: WorkerParts, connection: NativeConnection): Promise<void> {
  const { onReady, signal } = options;
  const shelf = new RunShelf(parts);
  try {
    const workers = await makeWorkers(options, parts, shelf, connection);
    const stop = (): void => {
      for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
    };
    signal?.addEventListener("abort", stop);
    // One that breaks ends the others: what they still ran would meet stores that are closed, and hide why.
    const running = workers.map((worker) => worker.run().finally(stop));
    if (signal?.aborted === true) stop();
    onReady?.();
    const ends = await Promise.allSettled(running);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  } finally {
    await shelf.close();
  }
}

function partsOf(
  { workers: cores, environment = {}, ...options }: ClusterWorkerOptions,
  stores: HomeStores,
): WorkerParts {
  const home = resolve(options.home);
  return { ...stores, place: homeArtifacts(home, options), home, cores, environment, clock: systemClock };
}

async function makeWorkers(
  { temporal, queues, workers: cores }: ClusterWorkerOptions,
  parts: WorkerParts,
  shelf: RunShelf,
  connection: NativeConnection,
): Promise<Worker[]> {
  const { namespace = "default", prefix = defaultPrefix } = temporal;
  const client = new Client({ connection, namespace });
  const control = await Worker.create({
    ...{ connection, namespace, taskQueue: controlQueue(prefix), activities: controlActivities(parts) },
    workflowBundle: await workflowBundle(),
    maxConcurrentActivityTaskExecutions: controlActivitiesMax,
    maxHeartbeatThrottleInterval: "2s",
    // A workflow whose worker is gone goes to another so soon.
    stickyQueueScheduleToStartTimeout: "3s",
    shutdownGraceTime: 0,
  });
  const activities = taskActivities(parts, shelf, client);
  const tasks = queues.map((queue) =>
    Worker.create({
      ...{ connection, namespace, taskQueue: serverQueue(prefix, queue), activities },
      maxConcurrentActivityTaskExecutions: Math.max(1, Math.floor(cores / coresOfQueue(queue))),
      maxHeartbeatThrottleInterval: "2s",
      shutdownGraceTime: shutdownGraceMs,
    }),
  );
  return [control, ...(await Promise.all(tasks))];
}
