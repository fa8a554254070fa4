import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Client, Connection } from "@temporalio/client";
import { type HostOptions, startRun } from "../src/flow/index.ts";
import { startCluster } from "../src/flow/temporal/fixtures/cluster.ts";
import { reportBench } from "./lib/report.ts";

// Tasks that wait 50 ms without computing, by two worker processes: this machine's host, and Temporal's with its history in
// memory and in a file. Both come to the same artifact, or the bench fails.
const { values } = parseArgs({ options: { tasks: { type: "string", default: "10000" } } });
const tasks = Number(values.tasks);
const flowModule = new URL("./lib/waiting-flow.ts", import.meta.url);

/** Seconds of a run, whose artifact is checked. */
async function timed(options: Partial<HostOptions>): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), "kindred-bench-"));
  const beganMs = performance.now();
  const host = { home, workers: 2, codeVersion: "1", ...options };
  const { artifact } = await startRun({ ...host, flowModule, params: { tasks } });
  if (artifact !== tasks * (tasks - 1)) throw new Error(`the sum is ${artifact}`);
  rmSync(home, { recursive: true, force: true });
  return (performance.now() - beganMs) / 1_000;
}

/** Seconds on Temporal, and events of the longest history. */
async function onTemporal(inFile: boolean): Promise<{ readonly seconds: number; readonly events: number }> {
  const cluster = await startCluster({ inFile });
  try {
    await Promise.all([cluster.startWorker(), cluster.startWorker()]);
    const seconds = await timed({ ...cluster.places, temporal: cluster.temporal });
    return { seconds, events: await longestHistory(cluster.temporal.address) };
  } finally {
    await cluster.stop();
  }
}

async function longestHistory(address: string): Promise<number> {
  const connection = await Connection.connect({ address });
  let longest = 0;
  for await (const { historyLength } of new Client({ connection }).workflow.list())
    longest = Math.max(longest, historyLength);
  await connection.close();
  return longest;
}

const local = await timed({});
console.log(`this machine: ${local.toFixed(1)} s`);
const memory = await onTemporal(false);
console.log(`Temporal, in memory: ${memory.seconds.toFixed(1)} s, ${memory.events} events at most`);
const file = await onTemporal(true);
console.log(`Temporal, in a file: ${file.seconds.toFixed(1)} s, ${file.events} events at most`);
reportBench(
  "temporal",
  {
    tasks,
    localSeconds: local,
    memorySeconds: memory.seconds,
    fileSeconds: file.seconds,
    memoryRatio: memory.seconds / local,
    fileRatio: file.seconds / local,
    longestHistory: Math.max(memory.events, file.events),
  },
  { memoryRatio: 1.3, fileRatio: 2.5, longestHistory: 10_000 },
);
