import { Client, Connection } from "@temporalio/client";
import { startCluster } from "../../../src/flow/temporal/fixtures/cluster.ts";
import { Kindred, type Outcome } from "../contenders.ts";
import { type RowResult, unequal } from "../row.ts";

const bars = { temporalInMemoryTimes: 1.3, temporalInFileTimes: 2.5, longestHistory: 10_000 };

/**
 * Tasks that wait 50 ms without CPU, on two workers of one core: Temporal's development server in memory and with a file beside the
 * local host. Wall time, since waiting is what is compared; and events of the longest history that Temporal keeps of them.
 */
export async function temporalHost(tasks: number): Promise<RowResult> {
  const local = await waitAll(tasks, (kindred, params) => kindred.run("squares.ts#waiting", params));
  const inMemory = await onTemporal(tasks, false);
  const inFile = await onTemporal(tasks, true);
  const figures = {
    temporalTasks: tasks,
    localWaitSeconds: local.wallSeconds,
    temporalInMemoryTimes: inMemory.wallSeconds / local.wallSeconds,
    temporalInFileTimes: inFile.wallSeconds / local.wallSeconds,
    longestHistory: Math.max(inMemory.longestHistory, inFile.longestHistory),
  };
  return {
    lines: [
      `${tasks} tasks of 50 ms  local host ${local.wallSeconds.toFixed(1)} s; Temporal in memory ${figures.temporalInMemoryTimes.toFixed(2)}x (bar ${bars.temporalInMemoryTimes}), in a file ${figures.temporalInFileTimes.toFixed(2)}x (bar ${bars.temporalInFileTimes})`,
      `  longest history   ${inMemory.longestHistory} events in memory, ${inFile.longestHistory} in a file (bar ${bars.longestHistory})`,
    ],
    figures,
    bars,
    problems: [
      ...unequal("local host and Temporal in memory", local.value, inMemory.value),
      ...unequal("local host and Temporal in a file", local.value, inFile.value),
    ],
  };
}

async function onTemporal(tasks: number, inFile: boolean): Promise<Outcome & { readonly longestHistory: number }> {
  const cluster = await startCluster({ inFile });
  try {
    await Promise.all([cluster.startWorker(), cluster.startWorker()]);
    const done = await waitAll(tasks, (kindred, params) =>
      kindred.run("squares.ts#waiting", ["--host", "temporal", ...params], { environment: cluster.environment }),
    );
    return { ...done, longestHistory: await longestHistory(cluster.temporal.address) };
  } finally {
    await cluster.stop();
  }
}

/** Events of the longest history of all workflows. */
async function longestHistory(address: string): Promise<number> {
  const connection = await Connection.connect({ address });
  let longest = 0;
  for await (const { historyLength } of new Client({ connection }).workflow.list())
    longest = Math.max(longest, historyLength);
  await connection.close();
  return longest;
}

async function waitAll(
  tasks: number,
  run: (kindred: Kindred, params: readonly string[]) => Promise<Outcome>,
): Promise<Outcome> {
  const kindred = new Kindred();
  await run(kindred, ["--width", "2", "--quiet"]);
  const done = await run(kindred, ["--width", String(tasks), "--quiet"]);
  kindred.remove();
  if (done.exitCode !== 0) console.error(done.printed.slice(-2_000));
  return done;
}
