import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startCuttingProxy } from "../../../test/servers/cutting-proxy.ts";
import { systemClock } from "../../base/index.ts";
import { flow } from "../flow.ts";
import { postgresKind } from "./fixtures/metadata-places.ts";
import type { MetadataStore } from "./metadata-store.ts";
import { openMetadata } from "./open-metadata.ts";
import { PostgresPort } from "./sql/postgres-port.ts";
import { SqlStore } from "./sql/sql-store.ts";

const { graph } = flow("test", {}).foreach("each", { over: () => [1], key: String }, () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const claim = { owner: "first", holder: { kind: "workflow", workflowId: "w" } } as const;
const nothing = { usage: null, progress: null, error: null } as const;

describe("PostgreSQL that goes and comes back", () => {
  const kind = postgresKind();
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  async function opened(name: string, through?: number): Promise<MetadataStore> {
    const url = await kind.server().createDatabase(name);
    const store = await openMetadata(through === undefined ? url : url.replace(/:\d+\//, `:${through}/`));
    onTestFinished(() => store.close());
    return store;
  }

  /** Runs tasks from eight sides until the store ends or `count` are done, each with its index as artifact. */
  async function work(store: MetadataStore, count: number): Promise<{ run: string; accepted: number[] }> {
    const lease = await store.createRun({ graph, code, params: {}, labels: {} }, claim);
    const accepted: number[] = [];
    let next = 0;
    const side = async () => {
      while (next < count) {
        const index = next++;
        const task = { step: "each", index, key: `film-${index}`, workerPid: 1 };
        const attempt = await store.beginAttempt(lease, task);
        const artifact = { inline: String(index) };
        await store.endAttempt(lease, { ...nothing, step: "each", index, attempt, status: "done", artifact });
        accepted.push(index);
      }
    };
    await Promise.all(Array.from({ length: 8 }, side));
    return { run: lease.run, accepted };
  }

  test("a server killed again and again in the middle of commits costs no task and doubles none", async () => {
    const store = await opened("killed");
    const working = work(store, 1_500);
    for (let kills = 0; kills < 2; kills++) {
      await sleep(150);
      await kind.server().process.kill();
      await kind.server().process.start();
    }
    const { run, accepted } = await working;
    expect(accepted).toHaveLength(1_500);
    const outcomes = await store.readOutcomes(run, "each");
    expect(outcomes).toEqual(Array.from({ length: 1_500 }, (_, index) => ({ inline: String(index) })));
  });

  test.each(["in", "after"] as const)(
    "a line that is cut %s a commit leaves what was asked for done once",
    async (place) => {
      const proxy = await startCuttingProxy(kind.server().port);
      onTestFinished(() => proxy.close());
      const store = await opened(`cut_${place}`, Number(new URL(proxy.endpoint).port));
      const working = work(store, 400);
      for (let cuts = 0; cuts < 10; cuts++) {
        proxy.cut(place, 1, 40);
        await sleep(30);
      }
      const { run, accepted } = await working;
      expect(proxy.cuts).toBeGreaterThan(2);
      expect(accepted).toHaveLength(400);
      expect((await store.readSteps(run))[0]?.tasks).toMatchObject({ done: 400, running: 0 });
      const runs = await store.listRuns({ limit: 5 });
      expect(runs).toHaveLength(1);
    },
  );

  test("a write that the database refuses takes none with it that waits beside it", async () => {
    const store = await opened("refused");
    const lease = await store.createRun({ graph, code, params: {}, labels: {} }, claim);
    const begin = (index: number, key: string) => store.beginAttempt(lease, { step: "each", index, key, workerPid: 1 });
    const all = await Promise.allSettled([begin(0, "a"), begin(1, "b\u0000"), begin(2, "c")]);
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("a server that stays away is waited for once by all the writes that wait beside each other", async () => {
    const proxy = await startCuttingProxy(kind.server().port);
    const url = (await kind.server().createDatabase("away")).replace(/:\d+\//, `:${new URL(proxy.endpoint).port}/`);
    const port = await PostgresPort.open(url, { leaseClock: systemClock, patienceMs: 500 });
    const store = await SqlStore.open(port, systemClock);
    onTestFinished(() => store.close());
    const lease = await store.createRun({ graph, code, params: {}, labels: {} }, claim);
    await proxy.close();
    const beganMs = performance.now();
    const indexes = Array.from({ length: 60 }, (_, index) => index);
    const ends = await Promise.allSettled(
      indexes.map((index) => store.beginAttempt(lease, { step: "each", index, key: `film-${index}`, workerPid: 1 })),
    );
    expect(new Set(ends.map((each) => each.status === "rejected" && each.reason.code))).toEqual(
      new Set(["run-failed"]),
    );
    // Each by itself would take more than a third of a second.
    expect(performance.now() - beganMs).toBeLessThan(5_000);
  });

  test("a server that stays away, a wrong database and a URL that is none are told without the password", async () => {
    const { port } = kind.server();
    const open = async (url: string) => {
      const database = await PostgresPort.open(url, { leaseClock: systemClock, patienceMs: 300 });
      return database.run("select 1").finally(() => database.close());
    };
    const told = async (url: string) => {
      const error = await open(url).catch((each: unknown) => each);
      expect(String(error)).not.toContain("secret");
      return error;
    };
    expect(await told("postgres://kindred:secret@127.0.0.1:1/films")).toMatchObject({ code: "run-failed" });
    expect(await told(`postgres://kindred:secret@127.0.0.1:${port}/films`)).toMatchObject({ code: "config-invalid" });
    expect(await told("postgres://kindred:secret@[films")).toMatchObject({ code: "config-invalid" });
    await expect(openMetadata("mysql://kindred:secret@host/films")).rejects.toThrow('metadata at "mysql://..."');
  });
});
