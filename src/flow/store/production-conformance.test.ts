import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../base/index.ts";
import { flow } from "../flow.ts";
import { makeProductionToken, tokenHash } from "../namespace/production-token.ts";
import type { RunLabels } from "../run-record.ts";
import { emptyStore } from "./fixtures/empty-store.ts";
import { postgresKind, sqliteKind } from "./fixtures/metadata-places.ts";
import { rightsKind } from "./fixtures/rights-kind.ts";
import type { MetadataStore, RunLease } from "./metadata-store.ts";
import { leaseMs } from "./sql/lease.ts";

const project = "films";
const { graph } = flow("link", { project }).step("publish", () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const holder = { kind: "process", pid: process.pid, hostName: hostname() } as const;
const token = makeProductionToken();
const by = "ada";
const right = { project, token, by };
const branch: RunLabels = { namespace: "test.hats", branch: "hats", user: "bo" };

function manifestOf(content: string) {
  return { blob: sha256(new TextEncoder().encode(content)), byteCount: content.length };
}

let runs = 0;

/** Begins a run that will make the data set `matches` with this content; `finish` ends it. */
async function begunRun(store: MetadataStore, labels: RunLabels, content: string, productionToken?: string) {
  runs += 1;
  const claim = { owner: `owner-${runs}`, holder, productionToken };
  const lease = await store.createRun({ graph, code, params: {}, labels }, claim);
  const place = { step: "publish", index: 0 };
  const attempt = await store.beginAttempt(lease, { ...place, key: "publish", workerPid: 1 });
  const end = { status: "done", usage: null, progress: null, error: null, artifact: { inline: "1" } } as const;
  const dataSets = [{ name: "matches", manifest: manifestOf(content) }];
  await store.endAttempt(lease, { ...place, attempt, ...end, dataSets });
  return { lease, finish: () => store.endRun(lease, "done", null) };
}

/** A run that is done and made the data set `matches`. */
async function madeRun(store: MetadataStore, labels: RunLabels, content: string): Promise<RunLease> {
  const { lease, finish } = await begunRun(store, labels, content, token);
  await finish();
  return lease;
}

function promote(store: MetadataStore, run: string, expected: number | null, given: string | undefined = token) {
  const dataSets = [{ name: "matches", expected, detail: { gained: 1 } }];
  return store.dataSets.promote({ ...right, token: given, run, dataSets });
}

async function published(store: MetadataStore, namespace = "prod") {
  const versions = await store.dataSets.versions({ project, namespace, name: "matches" });
  return versions.find(({ isHead }) => isHead)?.manifest.blob ?? null;
}

describe.each([sqliteKind, postgresKind(), rightsKind("deploy")])("production in $name", (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  /** A store whose project has a token, and what a branch's run has promoted into production. */
  async function projectStore() {
    const { store, again, time } = await emptyStore(kind);
    await store.dataSets.addToken({ ...right, token: undefined }, tokenHash(token));
    const first = await madeRun(store, branch, "first");
    await promote(store, first.run, null);
    return { store, again, time };
  }

  test("a run publishes into its own namespace when it is done, and not before", async () => {
    const { store } = await projectStore();
    const { finish } = await begunRun(store, { namespace: "user.bo" }, "mine");
    expect(await published(store, "user.bo")).toBe(null);
    await finish();
    expect(await published(store, "user.bo")).toBe(manifestOf("mine").blob);
    expect(await published(store)).toBe(manifestOf("first").blob);
  });

  test("a run sees its namespace's data sets, else production's, as they were when it was made", async () => {
    const { store } = await projectStore();
    const before = await begunRun(store, { namespace: "user.bo" }, "mine");
    const seen = async (run: string) =>
      (await store.readHead(run)).dataSets.map((each) => [each.namespace, each.version]);
    expect(await seen(before.lease.run)).toEqual([["prod", 1]]);
    await before.finish();
    const after = await begunRun(store, { namespace: "user.bo" }, "again");
    expect(await seen(after.lease.run)).toEqual([["user.bo", 1]]);
    expect(await seen(before.lease.run)).toEqual([["prod", 1]]);
    expect((await store.readHead(after.lease.run)).dataSets[0]?.manifest).toEqual(manifestOf("mine"));
  });

  test("a promote makes a run's outputs production's, which a rollback undoes, and each is on record", async () => {
    const { store } = await projectStore();
    const second = await madeRun(store, branch, "second");
    const [version] = await promote(store, second.run, 1);
    expect(version).toMatchObject({ namespace: "prod", version: 2, previous: 1, run: second.run, madeBy: by });
    expect(await published(store)).toBe(manifestOf("second").blob);
    const back = await store.dataSets.rollback({
      ...right,
      name: "matches",
      expected: 2,
      to: null,
      detail: { why: "no" },
    });
    expect(back).toMatchObject({ version: 1, isHead: true });
    const third = await madeRun(store, branch, "third");
    expect(await promote(store, third.run, 1)).toMatchObject([{ version: 3, previous: 1 }]);
    const records = await store.dataSets.audit(project, 10);
    expect(records.map(({ action, from, to }) => [action, from, to])).toEqual([
      ["promoted", 1, 3],
      ["rolled-back", 2, 1],
      ["promoted", 1, 2],
      ["promoted", null, 1],
      ["token-made", null, null],
    ]);
    expect(records[2]).toMatchObject({ run: second.run, by, detail: { gained: 1 } });
  });

  test("there is nothing before the first version, and no version that never was", async () => {
    const { store } = await projectStore();
    const rollback = { ...right, name: "matches", expected: 1, to: null, detail: null };
    await expect(store.dataSets.rollback(rollback)).rejects.toThrow("nothing was published before version 1");
    await expect(store.dataSets.rollback({ ...rollback, to: 7 })).rejects.toThrow("no other version 7");
    await expect(store.dataSets.rollback({ ...rollback, expected: 4 })).rejects.toMatchObject({ code: "refused" });
  });

  test("of two promotes at once that saw the same production one is done and the other refused", async () => {
    const { store, again } = await projectStore();
    const made = [await madeRun(store, branch, "one"), await madeRun(store, branch, "two")];
    const stores = [store, await again()];
    const ends = await Promise.allSettled(made.map(({ run }, i) => promote(stores[i] as MetadataStore, run, 1)));
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = ends.find((end) => end.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "refused", message: expect.stringContaining("is at version 2 now") });
    expect(await store.dataSets.versions({ project, namespace: "prod" })).toHaveLength(2);
  });

  test("of several data sets all are promoted or none", async () => {
    const { store } = await projectStore();
    const { run } = await madeRun(store, branch, "second");
    const dataSets = ["matches", "zebras"].map((name) => ({ name, expected: 1, detail: null }));
    await expect(store.dataSets.promote({ ...right, run, dataSets })).rejects.toMatchObject({ code: "not-found" });
    expect(await published(store)).toBe(manifestOf("first").blob);
    expect(await store.dataSets.audit(project, 10)).toHaveLength(2);
  });

  test("nothing changes production without a token of the project", async () => {
    const { store } = await projectStore();
    const { run } = await madeRun(store, branch, "bad");
    const other = makeProductionToken();
    await store.dataSets.addToken({ project: "books", token: undefined, by }, tokenHash(other));
    for (const given of [undefined, "", "prod", other, `${token} `, tokenHash(token), makeProductionToken()]) {
      const writes = [
        () =>
          store.dataSets.promote({
            ...right,
            token: given,
            run,
            dataSets: [{ name: "matches", expected: 1, detail: null }],
          }),
        () => store.dataSets.rollback({ ...right, token: given, name: "matches", expected: 1, to: null, detail: null }),
        () => store.dataSets.addToken({ ...right, token: given }, tokenHash(makeProductionToken())),
        () => begunRun(store, { namespace: "prod" }, "bad", given),
      ];
      for (const write of writes) await expect(write()).rejects.toMatchObject({ code: "refused" });
    }
    expect(await published(store)).toBe(manifestOf("first").blob);
  });

  test("a run of another project, or one that is not done, is not promoted", async () => {
    const { store } = await projectStore();
    const running = await begunRun(store, branch, "half");
    await expect(promote(store, running.lease.run, 1)).rejects.toThrow("the run is running");
    await store.endRun(running.lease, "failed", null);
    await expect(promote(store, running.lease.run, 1)).rejects.toThrow("the run is failed");
    const other = makeProductionToken();
    await store.dataSets.addToken({ project: "books", token: undefined, by }, tokenHash(other));
    const { run } = await madeRun(store, branch, "whole");
    const dataSets = [{ name: "matches", expected: null, detail: null }];
    const theft = store.dataSets.promote({ project: "books", token: other, by, run, dataSets });
    await expect(theft).rejects.toThrow('the run is one of project "films"');
  });

  test("a run in production publishes nothing by its end: it waits for its promote", async () => {
    const { store } = await projectStore();
    const { run } = await madeRun(store, { namespace: "prod" }, "from production");
    expect(await published(store)).toBe(manifestOf("first").blob);
    await promote(store, run, 1);
    expect(await published(store)).toBe(manifestOf("from production").blob);
  });

  test("a run in production is not gone on with without its token", async () => {
    const { store, time } = await projectStore();
    const { lease } = await begunRun(store, { namespace: "prod" }, "half", token);
    await store.endRun(lease, "interrupted", null);
    time.nowMs += leaseMs + 1;
    const thief = { owner: "thief", holder };
    await expect(store.claimRun(lease.run, thief)).rejects.toMatchObject({ code: "refused" });
    expect(await store.claimRun(lease.run, { ...thief, productionToken: token })).toMatchObject({ owner: "thief" });
  });

  test("a zombie publishes nothing", async () => {
    const { store, again, time } = await projectStore();
    const { lease, finish } = await begunRun(store, branch, "zombie");
    time.nowMs += leaseMs + 1;
    await (await again()).claimRun(lease.run, { owner: "heir", holder });
    const before = await published(store, "test.hats");
    await expect(finish()).rejects.toMatchObject({ code: "run-locked" });
    expect(await published(store, "test.hats")).toBe(before);
  });

  test("a forged label is no namespace", async () => {
    const { store } = await projectStore();
    for (const labels of [
      { namespace: "prod ", branch: "hats" },
      { namespace: "prod", branch: "hats" },
      { namespace: "Prod" },
    ])
      await expect(begunRun(store, labels, "bad", token)).rejects.toMatchObject({ code: "argument-invalid" });
  });

  test("two tasks that make the same data set are told, and nothing is published", async () => {
    const { store } = await projectStore();
    const twice = flow("twice", { project }).foreach("each", { over: () => ["a", "b"], key: String }, () => 1);
    const claim = { owner: "twice", holder };
    const lease = await store.createRun(
      { graph: twice.graph, code, params: {}, labels: { namespace: "user.bo" } },
      claim,
    );
    for (const index of [0, 1]) {
      const place = { step: "each", index };
      const attempt = await store.beginAttempt(lease, { ...place, key: String(index), workerPid: 1 });
      const end = { status: "done", usage: null, progress: null, error: null, artifact: { inline: "1" } } as const;
      const dataSets = [{ name: "matches", manifest: manifestOf(String(index)) }];
      await store.endAttempt(lease, { ...place, attempt, ...end, dataSets });
    }
    await expect(store.endRun(lease, "done", null)).rejects.toThrow('two tasks made the data set "matches"');
    expect(await published(store, "user.bo")).toBe(null);
  });
});
