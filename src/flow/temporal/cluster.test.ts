import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Connection, WorkflowNotFoundError } from "@temporalio/client";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { freePort } from "../../../test/servers/free-port.ts";
import { exporter } from "../fixtures/tracing-sdk.ts";
import type { WrittenSpan } from "../fixtures/tracing-to-file.ts";
import {
  type HostOptions,
  openRuns,
  type RunEvent,
  type RunRecord,
  resumeRun,
  startRun,
  stopRun,
  type TemporalPlace,
  type WaitedQueue,
} from "../index.ts";
import { type Cluster, startCluster } from "./fixtures/cluster.ts";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const lettersModule = new URL("../fixtures/letters-flow.ts", import.meta.url);
const shapesModule = new URL("../fixtures/shapes-flow.ts", import.meta.url);

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindred-cluster-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

function onCluster(home: string): HostOptions {
  return { ...cluster.places, temporal: cluster.temporal, home, workers: 1, codeVersion: "1" };
}

async function latest(): Promise<RunRecord> {
  const runs = await openRuns(temporary(), cluster.places);
  return runs
    .list({ limit: 1 })
    .then(([newest]) => runs.read(newest?.run ?? "none"))
    .finally(() => runs.close());
}

function callsIn(folder: string): string[] {
  return readdirSync(folder).includes("calls") ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : [];
}

test("a killed worker costs the task under way an attempt; another worker ends the run, with the artifacts of one machine", async () => {
  const [folder, home] = [temporary(), temporary()];
  const params = { folder, letters: "abcdefghijklmnop", taskMs: 150 };
  const doomed = await cluster.startWorker();
  const running = startRun({ ...onCluster(home), flowModule: lettersModule, params });
  running.catch(() => "looked at below");
  while (callsIn(folder).filter((call) => call.startsWith("spell/")).length < 4) await sleep(20);
  doomed.kill();
  const other = await cluster.startWorker();
  onTestFinished(() => other.kill());
  const { artifact } = await running;
  const record = await latest();
  const ends = record.steps.flatMap(({ tasks }) =>
    tasks.flatMap(({ attempts }) => attempts.map((each) => each.status)),
  );
  expect(ends.filter((status) => status === "lost").length).toBeGreaterThanOrEqual(1);
  expect(ends.filter((status) => status === "done")).toHaveLength(36);
  const alone = await startRun({
    home,
    workers: 2,
    codeVersion: "1",
    flowModule: lettersModule,
    params: { ...params, folder: temporary() },
  });
  expect(artifact).toEqual(alone.artifact);
});

test("the log of a task is followed from another machine while it runs, and stays when its machine dies", async () => {
  const [folder, home] = [temporary(), temporary()];
  const doomed = await cluster.startWorker();
  const params = { folder, letters: "ab", trouble: { "count/a": "hang" } };
  const running = startRun({ ...onCluster(home), flowModule: lettersModule, params });
  running.catch(() => "looked at below");
  const runs = await openRuns(temporary(), cluster.places);
  onTestFinished(() => runs.close());
  const run = async (): Promise<string> => (await runs.latest())?.run ?? "none";
  const logs = async () => runs.logs(await run(), { step: "count", key: "a" }).catch(() => []);
  const entered = { status: "running", path: null, text: expect.stringContaining('info entered {"key":"a"}') };
  await expect.poll(logs, { timeout: 60_000, interval: 200 }).toMatchObject([entered]);
  doomed.kill();
  writeFileSync(join(folder, "fixed"), "");
  const other = await cluster.startWorker();
  onTestFinished(() => other.kill());
  await running;
  expect(await logs()).toMatchObject([
    { ...entered, status: "lost" },
    { ...entered, status: "done" },
  ]);
});

test("a worker that dies over the end of a step holds the run up for seconds", async () => {
  const [folder, home] = [temporary(), temporary()];
  const doomed = await cluster.startWorker();
  const params = { folder, letters: "ab", taskMs: 500 };
  const running = startRun({ ...onCluster(home), flowModule: lettersModule, params });
  running.catch(() => "looked at below");
  while (callsIn(folder).filter((call) => call.startsWith("spell/")).length < 1) await sleep(20);
  const database = new pg.Client(cluster.places.metadata);
  await database.connect();
  await database.query("begin");
  // The end of the step waits for its row, which nothing before it writes.
  const row = "select * from steps where run = (select max(run) from runs) and step = 'spell' for no key update";
  await database.query(row);
  const waiting = "select count(*)::int as count from pg_locks where not granted";
  while ((await database.query(waiting)).rows[0].count === 0) await sleep(20);
  doomed.kill();
  const diedMs = performance.now();
  await database.end();
  const other = await cluster.startWorker();
  onTestFinished(() => other.kill());
  expect(await running).toMatchObject({ status: "done" });
  expect(performance.now() - diedMs).toBeLessThan(90_000);
});

test("a worker that was held up and comes back commits nothing of what another one did meanwhile", async () => {
  const [folder, home] = [temporary(), temporary()];
  const zombie = await cluster.startWorker();
  const params = { folder, letters: "abcdef", taskMs: 400 };
  const running = startRun({ ...onCluster(home), flowModule: lettersModule, params });
  running.catch(() => "looked at below");
  while (callsIn(folder).filter((call) => call.startsWith("spell/")).length < 1) await sleep(20);
  process.kill(-(zombie.child.pid as number), "SIGSTOP");
  const other = await cluster.startWorker();
  onTestFinished(() => other.kill());
  while (callsIn(folder).filter((call) => call.startsWith("count/")).length < 2) await sleep(50);
  process.kill(-(zombie.child.pid as number), "SIGCONT");
  const { artifact } = await running;
  zombie.kill();
  expect(artifact).toMatchObject({ text: "a10000 b10000 c10000 d10000 e10000 f10000" });
  const record = await latest();
  for (const { tasks } of record.steps) {
    for (const { attempts } of tasks) expect(attempts.filter(({ status }) => status === "done")).toHaveLength(1);
  }
});

test("a run whose workflow is gone is not running for ever: it shows as interrupted, and is resumed", async () => {
  const [folder, home] = [temporary(), temporary()];
  const worker = await cluster.startWorker();
  onTestFinished(() => worker.kill());
  const params = { folder, letters: "ab", trouble: { "spell/a": "wait-for-abort" } };
  const running = startRun({ ...onCluster(home), flowModule: lettersModule, params });
  running.catch(() => "looked at below");
  while (callsIn(folder).filter((call) => call.startsWith("spell/")).length < 1) await sleep(20);
  const { run } = await latest();
  const connection = await Connection.connect({ address: cluster.temporal.address });
  const client = new Client({ connection });
  for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    // The list is behind: it may still hold workflows of runs that ended.
    await client.workflow.getHandle(workflowId).terminate("a person did it").catch(unlessEnded);
  }
  await connection.close();
  await expect(running).rejects.toMatchObject({ code: "run-failed" });
  await expect.poll(async () => (await latest()).status, { timeout: 40_000, interval: 500 }).toBe("interrupted");
  writeFileSync(join(folder, "fixed"), "");
  expect(await resumeRun({ ...onCluster(home), run })).toMatchObject({ status: "done" });
});

function unlessEnded(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

test("attempts on workers are spans below the run's, which began elsewhere, and the code of their tasks below them", async () => {
  exporter.reset();
  const spansPath = join(temporary(), "spans.jsonl");
  const sdk = new URL("../fixtures/tracing-to-file.ts", import.meta.url).href;
  const worker = await cluster.startWorker({
    environment: { KINDRED_TEST_SPANS: spansPath, NODE_OPTIONS: `--import ${sdk}` },
  });
  onTestFinished(() => worker.kill());
  const flowModule = new URL("../fixtures/traced-flow.ts", import.meta.url);
  const { run, artifact } = await startRun({ ...onCluster(temporary()), flowModule, params: { failing: "b" } });
  const own = exporter.getFinishedSpans();
  const above = own.find(({ name }) => name === "run traced")?.spanContext();
  expect(artifact).toBe(above?.traceId);
  expect(own.map(({ name }) => name).sort()).toEqual(["run traced", "step each", "step last"]);
  const written = readFileSync(spansPath, "utf8").trim().split("\n");
  const spans = written.map((line) => JSON.parse(line) as WrittenSpan);
  const attempts = spans.filter(({ name }) => name.startsWith("attempt "));
  expect(attempts.map(({ attributes }) => attributes["kindred.key"]).sort()).toEqual(["(items)", "a", "b", "last"]);
  for (const { trace, parent, attributes } of attempts) {
    expect([trace, parent]).toEqual([above?.traceId, above?.spanId]);
    expect(attributes).toMatchObject({ "kindred.run": run, "kindred.attempt": 1 });
  }
  const last = attempts.find(({ name }) => name === "attempt last");
  const code = spans.find(({ name }) => name === "task last");
  expect(code).toMatchObject({ parent: last?.span, trace: above?.traceId });
  expect(code?.pid).not.toBe(last?.pid);
  expect(written.join("")).not.toContain("s3cret");
});

/** What a flow imports as `kindred`: in a test the hooks that lend it to modules of the user's do not reach. */
const kindred = new URL("../index.ts", import.meta.url).href;

test("a worker in an empty folder runs code that it never saw, from the store, and refuses what is not the run's", async () => {
  const [folder, home] = [temporary(), temporary()];
  mkdirSync(join(folder, "words"));
  writeFileSync(join(folder, "words", "list.json"), '["knives", "out"]');
  writeFileSync(
    join(folder, "lengths.ts"),
    `import words from "./words/list.json" with { type: "json" };
     export const lengthOf = (word: string): number => word.length;
     export { words };`,
  );
  const flowText = `import { flow } from "${kindred}";
    import { lengthOf, words } from "./lengths.ts";
    export default flow("lengths")
      .foreach("measure", { over: () => words, key: (word: string) => word }, ({ item }) => lengthOf(item))
      .step("sum", ({ art, key }) => { if (key === "never") throw new Error(); return art.measure.reduce((a, b) => a + b, 0); });`;
  const flowModule = join(folder, "lengths-flow.ts");
  writeFileSync(flowModule, flowText);
  const worker = await cluster.startWorker();
  onTestFinished(() => worker.kill());
  expect((await startRun({ ...onCluster(home), flowModule })).artifact).toBe(9);
  const packages = join(worker.folder, ".kindred", "code");
  const [name] = readdirSync(packages);
  expect(name).toMatch(/^[0-9a-f]{64}$/);
  writeFileSync(join(packages, name as string, "lengths.ts"), "export const [lengthOf, words] = [() => 0, []];");
  await sleep(100);
  const other = await cluster.startWorker({ environment: { KINDRED_HOME: join(worker.folder, ".kindred") } });
  worker.kill();
  onTestFinished(() => other.kill());
  await expect(startRun({ ...onCluster(home), flowModule })).rejects.toMatchObject({
    code: "refused",
    exitCode: 3,
    message: expect.stringMatching(
      new RegExp(`code package here was changed: its SHA-256 is [0-9a-f]{64}; expected ${name}`),
    ),
  });
});

test("a run of long histories goes on in new workflows time and again, and comes to what one machine comes to", async () => {
  const home = temporary();
  const worker = await cluster.startWorker();
  onTestFinished(() => worker.kill());
  const params = { letters: "abcdefgh", broken: "b", fatal: "c" };
  const host = onCluster(home);
  const temporal = { ...cluster.temporal, historyEvents: 25 };
  const { run, artifact } = await startRun({ ...host, temporal, flowModule: shapesModule, params });
  const alone = { home: temporary(), workers: 1, codeVersion: "1" };
  expect(artifact).toEqual((await startRun({ ...alone, flowModule: shapesModule, params })).artifact);
  const connection = await Connection.connect({ address: cluster.temporal.address });
  const continued = new Map<boolean, number>();
  for await (const { workflowId } of new Client({ connection }).workflow.list({
    query: `ExecutionStatus = 'ContinuedAsNew' AND WorkflowId STARTS_WITH 'kindred-run-${run}-'`,
  })) {
    const isWindow = workflowId.includes("/");
    continued.set(isWindow, (continued.get(isWindow) ?? 0) + 1);
  }
  await connection.close();
  expect(continued.get(false)).toBeGreaterThan(1);
});

test("a run of which no worker does the tasks says which queue waits, and goes on when a worker comes", async () => {
  const worker = await cluster.startWorker();
  onTestFinished(() => worker.kill());
  const waits: (readonly WaitedQueue[])[] = [];
  const onEvent = (event: RunEvent): void => void (event.type === "run-waiting" && waits.push(event.queues));
  const params = { folder: temporary(), letters: "ab" };
  const resources = { spell: { cpu: 2 } };
  const running = startRun({ ...onCluster(temporary()), flowModule: lettersModule, params, resources, onEvent });
  running.catch(() => "looked at below");
  await expect.poll(() => waits, { timeout: 30_000 }).toEqual([[{ queue: "cpu2", steps: ["spell"] }]]);
  const other = await cluster.startWorker({ queues: ["cpu2"], cores: 2 });
  onTestFinished(() => other.kill());
  expect(await running).toMatchObject({ status: "done" });
});

test("a run whose worker died in the middle of a task, the only one of its queue, waits: what runs is what a worker has", {
  timeout: 240_000,
}, async () => {
  const [folder, home] = [temporary(), temporary()];
  const worker = await cluster.startWorker();
  onTestFinished(() => worker.kill());
  const doomed = await cluster.startWorker({ queues: ["cpu2"], cores: 2 });
  const params = { folder, letters: "ab", trouble: { "count/a": "hang" } };
  const resources = { count: { cpu: 2 } };
  const running = startRun({ ...onCluster(home), flowModule: lettersModule, params, resources });
  running.catch(() => "looked at below");
  await expect
    .poll(() => callsIn(folder).filter((call) => call.startsWith("count/a")), { timeout: 60_000 })
    .toHaveLength(1);
  doomed.kill();
  const runs = await openRuns(temporary(), { ...cluster.places, temporal: cluster.temporal });
  onTestFinished(() => runs.close());
  const told = async (): Promise<unknown> => {
    const listed = await runs.list({ limit: 1 });
    return [listed[0]?.status, [...(await runs.waits(listed)).byRun.values()]];
  };
  const waits = { queues: [{ queue: "cpu2", steps: ["count"] }], isIdle: true };
  await expect.poll(told, { timeout: 150_000, interval: 1_000 }).toEqual(["running", [waits]]);
  writeFileSync(join(folder, "fixed"), "");
  const other = await cluster.startWorker({ queues: ["cpu2"], cores: 2 });
  onTestFinished(() => other.kill());
  expect(await running).toMatchObject({ status: "done" });
  expect(await told()).toEqual(["done", []]);
});

test("a run is stopped from a machine that did not start it, also one that no worker hears of, and is gone on with", async () => {
  const [folder, home] = [temporary(), temporary()];
  const places = { ...cluster.places, temporal: cluster.temporal };
  const params = { folder, letters: "ab", trouble: { "spell/a": "wait-for-abort" } };
  const running = startRun({ ...onCluster(home), flowModule: lettersModule, params });
  running.catch(() => "looked at below");
  const worker = await cluster.startWorker();
  onTestFinished(() => worker.kill());
  while (callsIn(folder).filter((call) => call.startsWith("spell/")).length < 1) await sleep(20);
  const { run } = await latest();
  const others = { ...places, temporal: { ...cluster.temporal, prefix: "others" } };
  await expect(stopRun(temporary(), others, run)).rejects.toThrow(
    /held in workflow .* not open on this Temporal server/,
  );
  expect(await stopRun(temporary(), places, run)).toMatchObject({ run, status: "interrupted" });
  await expect(running).rejects.toMatchObject({ code: "interrupted" });
  writeFileSync(join(folder, "fixed"), "");
  expect(await resumeRun({ ...onCluster(home), run })).toMatchObject({ status: "done" });
  expect(await stopRun(temporary(), places, run)).toMatchObject({ status: "done" });
  worker.kill();
  const unheard = startRun({ ...onCluster(home), flowModule: lettersModule, params });
  unheard.catch(() => "looked at below");
  await expect.poll(async () => (await latest()).run).not.toBe(run);
  const lonely = (await latest()).run;
  await expect.poll(async () => (await latest()).status, { timeout: 40_000, interval: 500 }).toBe("interrupted");
  expect(await stopRun(temporary(), places, lonely)).toMatchObject({ status: "interrupted" });
  const other = await cluster.startWorker();
  onTestFinished(() => other.kill());
  await expect(unheard).rejects.toMatchObject({ code: "interrupted" });
});

test("a run that failed on a cluster says how to go on with it there", async () => {
  const worker = await cluster.startWorker();
  onTestFinished(() => worker.kill());
  const params = { folder: temporary(), letters: "ab", trouble: { "spell/a": "throw" } };
  await expect(startRun({ ...onCluster(temporary()), flowModule: lettersModule, params })).rejects.toThrow(
    /: kindred resume \d+ --host temporal$/,
  );
});

test("a worker in an empty folder installs the packages of a flow from its lockfile, which names no registry", async () => {
  const [folder, home] = [temporary(), temporary()];
  const repository = new URL("../../../", import.meta.url);
  const locked = JSON.parse(readFileSync(new URL("package-lock.json", repository), "utf8"));
  const { version, integrity } = locked.packages["node_modules/yaml"];
  // Kindred itself comes from a file that no other machine has.
  const project = { name: "films", type: "module", dependencies: { kindred: "file:kindred.tgz", yaml: version } };
  const packages = {
    "": project,
    "node_modules/kindred": { version: "0.1.0", resolved: "file:kindred.tgz" },
    "node_modules/yaml": { version, integrity },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(project));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ ...project, lockfileVersion: 3, packages }));
  cpSync(new URL("node_modules/yaml", repository), join(folder, "node_modules/yaml"), { recursive: true });
  const flowModule = join(folder, "films-flow.ts");
  writeFileSync(
    flowModule,
    `import { parse } from "yaml";
     import { flow } from "${kindred}";
     export default flow("films").step("read", () => parse("films: [Knives Out, Brick]").films);`,
  );
  const worker = await cluster.startWorker();
  onTestFinished(() => worker.kill());
  expect((await startRun({ ...onCluster(home), flowModule })).artifact).toEqual(["Knives Out", "Brick"]);
  const [code] = readdirSync(join(worker.folder, ".kindred", "code"));
  const installed = join(worker.folder, ".kindred", "code", code as string, "node_modules");
  expect(readdirSync(installed).filter((name) => !name.startsWith("."))).toEqual(["yaml"]);
  expect(JSON.parse(readFileSync(join(installed, "yaml", "package.json"), "utf8"))).toMatchObject({ version });
});

test("a server or a namespace that is not there is told before a run is made", async () => {
  const before = await latest().catch(() => null);
  const wrong = { home: temporary(), flowModule: lettersModule, params: { folder: temporary() } };
  const start = (temporal: TemporalPlace) => startRun({ ...onCluster(wrong.home), ...wrong, temporal });
  await expect(start({ ...cluster.temporal, namespace: "nowhere" })).rejects.toMatchObject({
    code: "config-invalid",
    message: expect.stringMatching(/has no namespace nowhere\. Name one that it has in KINDRED_TEMPORAL_NAMESPACE/),
  });
  await expect(start({ address: `127.0.0.1:${await freePort()}` })).rejects.toMatchObject({
    code: "run-failed",
    message: expect.stringContaining("no Temporal server answers at 127.0.0.1:"),
  });
  expect(await latest().catch(() => null)).toEqual(before);
});

test.each([
  [
    "a namespace that is not there",
    { environment: { KINDRED_TEMPORAL_NAMESPACE: "nowhere" } },
    "has no namespace nowhere",
  ],
  ["a bucket that is not there", { environment: { KINDRED_ARTIFACTS: "s3://nowhere/runs" } }, "404 NoSuchBucket"],
  ["a queue in which no task waits", { queues: ["gpu"] }, 'the queue "gpu", in which no task waits; expected cpu and'],
])("a worker that is given %s says so and ends", async (_what, start, said) => {
  await expect(cluster.startWorker(start)).rejects.toThrow(new RegExp(`the worker ended with 2:[^]*${said}`));
});
