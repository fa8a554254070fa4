import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../base/index.ts";
import { flow } from "../flow.ts";
import { makeProductionToken, tokenHash } from "../namespace/production-token.ts";
import type { RunLabels, TaskUsage } from "../run-record.ts";
import { type RunFacts, versionName } from "./collection-store.ts";
import { emptyStore } from "./fixtures/empty-store.ts";
import { postgresKind, sqliteKind } from "./fixtures/metadata-places.ts";
import type { MetadataStore, RunLease } from "./metadata-store.ts";

const project = "films";
const { graph } = flow("link", { project })
  .step("plan", () => 1)
  .step("publish", () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const holder = { kind: "process", pid: process.pid, hostName: hostname() } as const;
const token = makeProductionToken();
const right = { project, token, by: "ada" };
const nothingExcluded = { runs: new Set<string>(), versions: new Set<string>() };
const dayMs = 24 * 60 * 60 * 1_000;

function refTo(content: string) {
  return { blob: sha256(new TextEncoder().encode(content)), byteCount: content.length };
}

let runs = 0;

async function begun(store: MetadataStore, labels: RunLabels = {}, firing?: string): Promise<RunLease> {
  runs += 1;
  const claim = { owner: `owner-${runs}`, holder, productionToken: token };
  return store.createRun({ graph, code, params: { catalogue: refTo("catalogue") }, labels, firing }, claim);
}

async function ran(store: MetadataStore, lease: RunLease, content: string, usage: TaskUsage | null = null) {
  const place = { step: "plan", index: 0 };
  const attempt = await store.beginAttempt(lease, { ...place, key: "plan", workerPid: 1 });
  const end = { status: "done", usage, progress: null, error: null } as const;
  const dataSets = [{ name: "matches", manifest: refTo(`${content} manifest`) }];
  const card = refTo(`${content} card`);
  await store.endAttempt(lease, { ...place, attempt, ...end, artifact: refTo(content), dataSets, card });
}

async function made(store: MetadataStore, labels: RunLabels, content: string): Promise<RunLease> {
  const lease = await begun(store, labels);
  await ran(store, lease, content);
  await store.closeStep(lease, "plan", { inline: JSON.stringify({ pairs: refTo(`${content} step`) }) }, "done");
  await store.endRun(lease, "done", null);
  return lease;
}

function promote(store: MetadataStore, run: string, expected: number | null) {
  return store.dataSets.promote({ ...right, run, dataSets: [{ name: "matches", expected, detail: null }] });
}

async function factsOf(store: MetadataStore, run: string): Promise<RunFacts> {
  const facts = (await store.collection.runs()).find((each) => each.run === run);
  if (facts === undefined) throw new Error(`no run ${run}`);
  return facts;
}

async function named(store: MetadataStore, excluded = nothingExcluded): Promise<Set<string>> {
  const texts: string[] = [];
  for await (const piece of store.collection.references(excluded)) texts.push(...piece);
  return new Set(texts.join(" ").match(/[0-9a-f]{64}/g));
}

const hashesOf = (content: string): string[] =>
  ["", " step", " card", " manifest"].map((suffix) => refTo(`${content}${suffix}`).blob);

describe.each([sqliteKind, postgresKind()])("collections in $name", (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  test("every place of a row that may name a blob is read, but for what is left out", async () => {
    const { store } = await emptyStore(kind);
    const first = await made(store, { namespace: "user.bo" }, "first");
    const second = await made(store, { namespace: "user.bo" }, "second");
    const all = await named(store);
    for (const hash of [...hashesOf("first"), ...hashesOf("second"), refTo("catalogue").blob])
      expect(all.has(hash)).toBe(true);
    const versions = await store.dataSets.versions({});
    const [newer, older] = versions.map(versionName);
    const left = await named(store, { runs: new Set([first.run]), versions: new Set([older as string]) });
    // The second run sees what the first published.
    for (const hash of hashesOf("first")) expect(left.has(hash)).toBe(hash === refTo("first manifest").blob);
    for (const hash of hashesOf("second")) expect(left.has(hash)).toBe(true);
    const none = { runs: new Set([first.run, second.run]), versions: new Set([newer as string, older as string]) };
    expect(await named(store, none)).toEqual(new Set());
  });

  test("a run is removed whole, its use stays, and nobody else's rows are touched", async () => {
    const { store, time } = await emptyStore(kind);
    time.nowMs = 100 * dayMs;
    const usage = { cpuSeconds: 7200, peakRssBytes: 3 * 1024 ** 2, blobReadBytes: 0, blobWrittenBytes: 0 };
    const first = await begun(store, { namespace: "user.bo", tags: ["nightly"] }, "watch at noon");
    await ran(store, first, "first", { ...usage, modelTokens: 5, money: 0.25 });
    await store.endRun(first, "failed", null);
    time.nowMs = 101 * dayMs;
    const second = await begun(store, { namespace: "user.cy" });
    await ran(store, second, "second", usage);
    await store.endRun(second, "done", null);
    const used = async (sinceMs?: number, namespace?: string) => store.usage.used({ project, sinceMs, namespace });
    const before = [await used(), await used(101 * dayMs), await used(undefined, "user.bo")];
    expect(before[0]).toEqual({ cpuHours: 4, memoryMiB: 3, tasks: 2, modelTokens: 5, money: 0.25 });
    expect(await store.collection.removeRun(await factsOf(store, first.run))).toBe(true);
    expect([await used(), await used(101 * dayMs), await used(undefined, "user.bo")]).toEqual(before);
    await expect(store.readHead(first.run)).rejects.toMatchObject({ code: "not-found" });
    expect(await store.listRuns({ tag: "nightly", limit: 9 })).toEqual([]);
    expect((await store.readRun(second.run)).steps[0]?.tasks).toHaveLength(1);
    expect(await store.collection.removeRun(await factsOf(store, second.run))).toBe(true);
    expect([await used(), await used(101 * dayMs), await used(undefined, "user.bo")]).toEqual(before);
    // A trigger must not fire again because the run of its firing is gone, and no run gets a number again.
    expect(await store.triggers.fired(["watch at noon"])).toEqual(new Map([["watch at noon", first.run]]));
    expect(Number((await begun(store)).run)).toBeGreaterThan(Number(second.run));
  });

  test("a run that is held, was taken up or tagged since, or made what production has is not removed", async () => {
    const { store, again, time } = await emptyStore(kind);
    await store.dataSets.addToken({ ...right, token: undefined }, tokenHash(token));
    const held = await begun(store);
    expect(await store.collection.removeRun(await factsOf(store, held.run))).toBe(false);
    const failed = await begun(store);
    await store.endRun(failed, "failed", null);
    const seen = await factsOf(store, failed.run);
    await store.addTags(failed.run, ["keep"]);
    expect(await store.collection.removeRun(seen)).toBe(false);
    await store.removeTags(failed.run, ["keep"]);
    await store.addTags(failed.run, ["late"]);
    const tagged = await factsOf(store, failed.run);
    await store.removeTags(failed.run, ["late"]);
    await store.addTags(failed.run, ["keep"]);
    expect(await store.collection.removeRun(tagged)).toBe(false);
    await store.removeTags(failed.run, ["keep"]);
    const other = await again();
    const lease = (await other.claimRun(failed.run, { owner: "other", holder })) as RunLease;
    expect(await store.collection.removeRun(seen)).toBe(false);
    time.nowMs += 1;
    await other.endRun(lease, "failed", null);
    expect(await store.collection.removeRun(seen)).toBe(false);
    expect(await store.collection.removeRun(await factsOf(store, failed.run))).toBe(true);
    await expect(other.claimRun(failed.run, { owner: "late", holder })).rejects.toMatchObject({ code: "not-found" });
    const { run } = await made(store, { namespace: "test.hats" }, "first");
    const facts = await factsOf(store, run);
    await promote(store, run, null);
    expect(await store.collection.removeRun(facts)).toBe(false);
    const gone = await made(store, { namespace: "test.hats" }, "second");
    expect(await store.collection.removeRun(await factsOf(store, gone.run))).toBe(true);
    await expect(promote(store, gone.run, 1)).rejects.toMatchObject({ code: "not-found" });
  });

  test("of a promote and a removal at once one finds the other: production never has a version of a run that is gone", async () => {
    const { store, again } = await emptyStore(kind);
    await store.dataSets.addToken({ ...right, token: undefined }, tokenHash(token));
    const other = await again();
    let expected: number | null = null;
    for (let round = 0; round < 10; round++) {
      const { run } = await made(store, { namespace: "test.hats" }, `round ${round}`);
      const facts = await factsOf(store, run);
      const promoting = promote(other, run, expected).then(
        () => true,
        () => false,
      );
      const [isRemoved, isPromoted] = await Promise.all([store.collection.removeRun(facts), promoting]);
      expect(isRemoved).toBe(!isPromoted);
      if (isPromoted) expected = (await store.dataSets.head({ project, namespace: "prod", name: "matches" })).version;
    }
  });

  test("a version is removed unless it is published, and a rollback finds those that are left", async () => {
    const { store } = await emptyStore(kind);
    await store.dataSets.addToken({ ...right, token: undefined }, tokenHash(token));
    for (const [i, content] of ["first", "second", "third"].entries())
      await promote(store, (await made(store, { namespace: "test.hats" }, content)).run, i === 0 ? null : i);
    const place = { project, namespace: "prod", name: "matches" };
    expect(await store.collection.removeVersion({ ...place, version: 3 }, right)).toBe(false);
    const noRight = { token: undefined, by: "bo" };
    const refused = store.collection.removeVersion({ ...place, version: 1 }, noRight);
    await expect(refused).rejects.toMatchObject({ code: "refused" });
    expect(await store.collection.removeVersion({ ...place, version: 1 }, right)).toBe(true);
    expect((await store.dataSets.audit(project, 1))[0]).toMatchObject({ action: "removed", from: 1, by: "ada" });
    const own = { ...place, namespace: "test.hats", version: 1 };
    expect(await store.collection.removeVersion(own, noRight)).toBe(true);
    expect(await store.collection.removeVersion({ ...place, version: 1 }, right)).toBe(false);
    const rollback = { ...right, name: "matches", expected: 3, to: null, detail: null };
    expect(await store.dataSets.rollback({ ...rollback, to: 2 })).toMatchObject({ version: 2 });
    await expect(store.dataSets.rollback({ ...rollback, expected: 2 })).rejects.toMatchObject({ code: "not-found" });
  });

  test("one collects at a time; one that is silent for long is taken over, and told", async () => {
    const { store, again, time } = await emptyStore(kind);
    const other = await again();
    const elsewhere = { owner: "elsewhere", pid: 1, hostName: "another host" };
    const here = { owner: "here", pid: process.pid, hostName: hostname() };
    await store.collection.begin(elsewhere);
    await expect(other.collection.begin(here)).rejects.toMatchObject({ code: "run-locked" });
    time.nowMs += 110_000;
    expect(await store.collection.renew(elsewhere)).toBe(true);
    time.nowMs += 110_000;
    await expect(other.collection.begin(here)).rejects.toMatchObject({ code: "run-locked" });
    time.nowMs += 11_000;
    await other.collection.begin(here);
    expect(await store.collection.renew(elsewhere)).toBe(false);
    await store.collection.end(elsewhere);
    await expect(store.collection.begin(elsewhere)).rejects.toMatchObject({ code: "run-locked" });
    await other.collection.end(here);
    await store.collection.begin({ ...here, owner: "dead", pid: 2 ** 22 - 3 });
    await store.collection.begin(here);
  });

  test("the oldest attempt under way is known, also of a scheduler that has been silent for hours", async () => {
    const { store, time } = await emptyStore(kind);
    expect(await store.collection.oldestAttemptMs()).toBe(null);
    const lease = await begun(store);
    await store.beginAttempt(lease, { step: "plan", index: 0, key: "plan", workerPid: 1 });
    const beganMs = time.nowMs;
    time.nowMs += dayMs / 2;
    const other = await begun(store);
    await store.beginAttempt(other, { step: "plan", index: 0, key: "plan", workerPid: 1 });
    expect(await store.collection.oldestAttemptMs()).toBe(beganMs);
    time.nowMs += dayMs - 1;
    expect(await store.collection.oldestAttemptMs()).toBe(beganMs + dayMs / 2);
    await store.endRun(other, "failed", null);
    expect(await store.collection.oldestAttemptMs()).toBe(null);
  });

  test("metadata has a name of its own that stays", async () => {
    const { store, again } = await emptyStore(kind);
    const identity = await store.collection.identity();
    expect(identity).toMatch(/^[0-9a-f-]{36}$/);
    expect(await (await again()).collection.identity()).toBe(identity);
    expect(await (await emptyStore(kind)).store.collection.identity()).not.toBe(identity);
  });
});
