import { once } from "node:events";
import { rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openRuns, type RunStatus, type RunWait } from "../../src/flow/index.ts";
import { type Cluster, startCluster } from "../../src/flow/temporal/fixtures/cluster.ts";
import { type Ended, makeFolder, startKindred, writeFiles } from "./kindred-process.ts";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const films = `
import { flow } from "kindred/flow";
export default flow("films", { params: {} })
  .step("plan", () => 1)
  .step("read", () => new Promise((resolve) => setTimeout(() => resolve(1), 3_600_000)))
  .step("match", { after: ["plan"], cpu: 2 }, () => 2);
`;

/** What any view says of the newest run. */
interface Told {
  readonly status: RunStatus;
  readonly waits?: RunWait;
}

/** What each place where runs are looked at says. */
async function views(read: (...args: string[]) => Promise<Ended>, url: string): Promise<Record<string, unknown>> {
  const documentOf = async (...args: string[]) => JSON.parse((await read(...args, "--json")).stdout);
  const answer = async (path: string) => JSON.parse(await (await fetch(`${url}api/${path}`)).text());
  const told = ({ status, waits }: Told, { waitsUnknown }: { readonly waitsUnknown?: string }): unknown => ({
    status,
    waits,
    waitsUnknown,
  });
  const [listed, shown, list, run, insight] = await Promise.all([
    documentOf("runs"),
    documentOf("show"),
    answer("runs"),
    answer("runs/1"),
    answer("runs/1/insight"),
  ]);
  return {
    "kindred runs": told(listed.runs[0], listed),
    "kindred show": told(shown, shown),
    "list of the pages": told(list.runs[0], list),
    "run of the API": told(run, run),
    "page of the run": told(insight.run, insight),
  };
}

/** Every view says the same. */
function all(told: Told & { readonly waitsUnknown?: unknown }): Record<string, unknown> {
  const names = ["kindred runs", "kindred show", "list of the pages", "run of the API", "page of the run"];
  return Object.fromEntries(names.map((name) => [name, told]));
}

const patience = { timeout: 90_000, interval: 500 };

/** A run of the films under way, pages that show it, and commands that look at it. */
async function startedRun(environment: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  const folder = await makeFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await writeFiles(folder, { "films.ts": films });
  const start = (...args: string[]) => startKindred(folder, args, undefined, join(folder, ".kindred"), environment);
  const run = start("run", "films.ts", ...flags);
  const pages = start("ui", "--port", "0", "--json");
  onTestFinished(() => {
    for (const { child } of [run, pages]) child.kill("SIGKILL");
  });
  const url = await new Promise<string>((resolve) => {
    let text = "";
    pages.child.stdout?.on("data", (chunk) => {
      text += chunk;
      const found = /"url": "([^"]+)"/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { folder, url, host: run.child, read: (...args: string[]): Promise<Ended> => start(...args).ended };
}

test("a run whose host died on this machine is interrupted in every view, at once", { timeout: 240_000 }, async () => {
  const { read, url, host } = await startedRun({});
  const seen = (): Promise<unknown> => views(read, url).catch(() => "no run yet");
  await expect.poll(seen, patience).toEqual(all({ status: "running" }));
  host.kill("SIGKILL");
  await once(host, "exit");
  expect(await seen()).toEqual(all({ status: "interrupted" }));
});

test("a run that no worker works for waits in every view, all of it when no worker is left; without the server views say what they do not know", {
  timeout: 300_000,
}, async () => {
  const worker = await cluster.startWorker();
  const { folder, read, url } = await startedRun(cluster.environment, "--host", "temporal");
  const seen = (): Promise<unknown> => views(read, url).catch(() => "no run yet");
  const branch = { queue: "cpu2", steps: ["match"] };
  await expect.poll(seen, patience).toEqual(all({ status: "running", waits: { queues: [branch], isIdle: false } }));
  expect((await read("runs")).stdout).toMatch(/\n1 .*running, waits for cpu2/);
  worker.kill();
  const runs = await openRuns(folder, cluster.places);
  onTestFinished(() => runs.close());
  const held = async (): Promise<RunStatus> => (await runs.summary("1")).status;
  await expect.poll(held, patience).toBe("interrupted");
  const waits = { queues: [{ queue: "cpu1", steps: ["read"] }, branch], isIdle: true };
  await expect.poll(seen, patience).toEqual(all({ status: "running", waits }));
  expect((await read("runs")).stdout).toMatch(/\n1 .*waiting for cpu1, cpu2/);
  const shown = (await read("show")).stdout;
  expect(shown).toMatch(/^run 1 {2}films {2}waiting for cpu1, cpu2 /);
  expect(shown).toContain("match: waits, since no worker asks for tasks of cpu2");
  expect(shown).toMatch(/\n {2}kindred worker --queue cpu1 --queue cpu2 /);
  await cluster.server.stop();
  const waitsUnknown = expect.stringContaining(`no Temporal server answers at ${cluster.temporal.address}`);
  expect(await views(read, url)).toEqual(all({ status: "interrupted", waitsUnknown }));
  const listed = await read("runs");
  expect(listed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\n1 .*interrupted/) });
  expect(listed.stderr).toContain("whether runs on a cluster wait for workers is not known");
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  onTestFinished(() => void silent.close());
  await once(silent, "listening");
  const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const unanswered = await read("runs", "--address", address, "--json");
  expect(JSON.parse(unanswered.stdout)).toMatchObject({
    runs: [{ run: "1", status: "interrupted" }],
    waitsUnknown: expect.stringContaining(`no Temporal server answers at ${address}`),
  });
});
