import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { flow } from "../src/flow/index.ts";
import type { MetadataStore } from "../src/flow/store/metadata-store.ts";
import { openMetadata } from "../src/flow/store/open-metadata.ts";
import { startPostgres } from "../test/servers/postgres-server.ts";
import { reportBench } from "./lib/report.ts";

/**
 * What the metadata of trivial tasks costs the process that writes it, in SQLite and in PostgreSQL, with few and with many tasks
 * under way; how large it is; and how long reading it takes.
 * npm run bench:stores [-- --tasks 100000]
 */
const { values } = parseArgs({ options: { tasks: { type: "string", default: "100000" } } });
const tasks = Number(values.tasks);

const { graph } = flow("stores", {}).foreach("each", { over: () => [1], key: String }, () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const usage = { cpuSeconds: 0.0031, peakRssBytes: 81_234_567, blobReadBytes: 0, blobWrittenBytes: 0 };

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Begins and ends `count` tasks, so many at a time, each a turn of the event loop long. */
async function runTasks(store: MetadataStore, owner: string, count: number, underWay: number) {
  const claim = { owner, holder: { kind: "workflow", workflowId: owner }, leaseMs: 3_600_000 } as const;
  const lease = await store.createRun({ graph, code, params: {}, labels: {} }, claim);
  let next = 0;
  const side = async () => {
    while (next < count) {
      const index = next++;
      const attempt = await store.beginAttempt(lease, { step: "each", index, key: `item-${index}`, workerPid: 12_345 });
      await new Promise((resolve) => setImmediate(resolve));
      const end = { step: "each", index, attempt, usage, progress: null, error: null };
      await store.endAttempt(lease, { ...end, status: "done", artifact: { inline: `{"index":${index}}` } });
    }
  };
  const before = cpuMs();
  await Promise.all(Array.from({ length: underWay }, side));
  return { run: lease.run, msPerTask: (cpuMs() - before) / count };
}

const figures: Record<string, number> = {};
const problems: string[] = [];

async function measureReading(store: MetadataStore, run: string, count: number, name: string): Promise<void> {
  const timed = async (what: string, read: () => Promise<unknown>) => {
    const before = cpuMs();
    await read();
    figures[`${name}_${what}_cpu_ms`] = cpuMs() - before;
  };
  await timed("past", () => store.readPast(run));
  await timed("page_of_100", () => store.readTasks(run, { step: "each", after: count - 200, limit: 100 }));
  await timed("list", () => store.listRuns({ limit: 20 }));
  const counts = (await store.readSteps(run))[0];
  if (counts?.tasks.done !== count || counts.attempts !== count)
    problems.push(`${name}: ${counts?.tasks.done} of ${count} tasks are done, by ${counts?.attempts} attempts`);
}

const folder = await mkdtemp(join(tmpdir(), "kindred-bench-stores-"));
try {
  const path = join(folder, "runs.sqlite");
  const store = await openMetadata(path);
  const { run, msPerTask } = await runTasks(store, "two", tasks, 2);
  figures.sqlite_2_ms_a_task = msPerTask;
  await measureReading(store, run, tasks, "sqlite");
  await store.close();
  figures.sqlite_mb_per_100000_tasks = ((await stat(path)).size / 1e6 / tasks) * 100_000;
  const other = await openMetadata(join(folder, "many.sqlite"));
  figures.sqlite_64_ms_a_task = (await runTasks(other, "many", Math.ceil(tasks / 5), 64)).msPerTask;
  await other.close();
} finally {
  await rm(folder, { recursive: true });
}

const server = await startPostgres();
try {
  const store = await openMetadata(await server.createDatabase("stores"));
  figures.postgres_2_ms_a_task = (await runTasks(store, "two", Math.ceil(tasks / 20), 2)).msPerTask;
  const count = Math.ceil(tasks / 5);
  const { run, msPerTask } = await runTasks(store, "many", count, 64);
  figures.postgres_64_ms_a_task = msPerTask;
  await measureReading(store, run, count, "postgres");
  await store.close();
} finally {
  await server.stop();
}

reportBench("stores", figures, { sqlite_2_ms_a_task: 0.3, sqlite_mb_per_100000_tasks: 200 }, problems);
