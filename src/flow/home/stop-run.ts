import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { KindredError } from "../../base/index.ts";
import { type ResumableRun, resumeCommand } from "../resume-command.ts";
import type { RunHead } from "../run-record.ts";
import type { RunPlaces } from "../runs.ts";
import { holderText } from "../store/sql/lease.ts";
import { cancelOnCluster } from "../temporal/index.ts";
import { openHomeMetadata } from "./home-stores.ts";

const pollMs = 250;

/** Tasks have some seconds to end; a run that has not ended by then is told of. */
const patienceMs = 30_000;

/** See the door of this room. */
export async function stopRun(home: string, places: RunPlaces, run: string): Promise<RunHead> {
  const metadata = await openHomeMetadata(home, places);
  try {
    const head = await metadata.readHead(run);
    if (!(await isAsked(head, places))) {
      const now = await metadata.readHead(run);
      if (now.status === "running") throw noHolder(now);
      return now;
    }
    for (const beganMs = performance.now(); performance.now() - beganMs < patienceMs; await sleep(pollMs)) {
      const now = await metadata.readHead(run);
      if (now.status !== "running") return now;
    }
    throw stillRunning(head);
  } finally {
    await metadata.close();
  }
}

/** Asks who holds the run to stop. False where nobody is found who does. */
async function isAsked({ run, status, holder }: RunHead, { temporal }: RunPlaces): Promise<boolean> {
  if (status === "done" || status === "failed" || holder === null) return false;
  // The workflow of a run that shows as interrupted may wait for a worker, and would go on with one.
  if (holder.kind === "workflow") return cancelOnCluster(temporal, run, holder.workflowId);
  if (status !== "running") return false;
  if (holder.hostName !== hostname()) throw elsewhere(run, holder.pid, holder.hostName);
  return process.kill(holder.pid, "SIGTERM");
}

/** Of a cluster: a process that is gone is seen at once. */
function noHolder(run: RunHead): KindredError {
  return new KindredError("not-found", {
    seen: `the run is held ${holderText(run.holder)}, which is not open on this Temporal server`,
    hint: "Name its server, namespace and queues as the run's own: KINDRED_TEMPORAL, KINDRED_TEMPORAL_NAMESPACE, KINDRED_TEMPORAL_QUEUES",
    where: { run: run.run },
  });
}

function elsewhere(run: string, pid: number, hostName: string): KindredError {
  return new KindredError("refused", {
    seen: `the run is in process ${pid} of ${hostName}, and this is ${hostname()}`,
    hint: `Stop it there: kindred stop ${run}`,
    where: { run },
  });
}

function stillRunning(run: ResumableRun): KindredError {
  return new KindredError("run-failed", {
    seen: `the run was asked to stop, and has not within ${patienceMs / 1_000} s`,
    hint: `kindred show ${run.run} says where it stands; once it is stopped, go on with: ${resumeCommand(run)}`,
    where: { run: run.run },
  });
}
