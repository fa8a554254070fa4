import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flow } from "../flow.ts";
import type { LeaseHolder } from "../run-record.ts";
import { emptyStore } from "./fixtures/empty-store.ts";
import { postgresKind, sqliteKind } from "./fixtures/metadata-places.ts";
import { rightsKind } from "./fixtures/rights-kind.ts";
import type { LeaseClaim, MetadataStore, NewRun, RunLease } from "./metadata-store.ts";
import { leaseMs } from "./sql/lease.ts";

const { graph } = flow("test", {})
  .foreach("each", { over: () => [1, 2, 3], key: String }, () => 1)
  .step("sum", () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const run: NewRun = { graph, code, params: {}, labels: {} };
const done = {
  step: "each",
  index: 0,
  status: "done",
  usage: null,
  progress: null,
  error: null,
  artifact: { inline: "1" },
} as const;
const error = { code: "internal", message: "no", parts: { seen: "no" } } as const;
const here: LeaseHolder = { kind: "process", pid: process.pid, hostName: hostname() };
const elsewhere: LeaseHolder = { kind: "process", pid: 1, hostName: "another-host" };

function claim(owner: string, holder = here): LeaseClaim {
  return { owner, holder };
}

function begin(store: MetadataStore, lease: RunLease, index = 0) {
  return store.beginAttempt(lease, { step: "each", index, key: String(index + 1), workerPid: 5, workerHost: "cpu-2" });
}

describe.each([sqliteKind, postgresKind(), rightsKind("ada")])("metadata in $name", (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  /** An empty store with a run held by the owner `first`. */
  async function heldRun(holder = here) {
    const empty = await emptyStore(kind);
    return { ...empty, lease: await empty.store.createRun(run, claim("first", holder)) };
  }

  test("what the plan of a step found out is recorded with the end of its task, so that no crash comes between", async () => {
    const { store, lease } = await heldRun();
    const attempt = await begin(store, lease, -1);
    const items = { inline: '{"width":3}' };
    await store.endAttempt(lease, { ...done, index: -1, attempt, artifact: items, plan: { width: 3 } });
    expect((await store.readPast(lease.run)).get("each")).toMatchObject({ items, width: 3, done: [] });
    expect((await store.readStoredSteps(lease.run)).get("each")).toEqual({ items, width: 3, artifact: null });
  });

  test("which tasks of a part of a step have an outcome is told of that part alone, the caught among them", async () => {
    const { store, lease } = await heldRun();
    for (const index of [0, 1, 2, 3, 5]) await begin(store, lease, index);
    for (const index of [0, 2, 5]) await store.endAttempt(lease, { ...done, index, attempt: 1 });
    await store.endAttempt(lease, { ...done, index: 3, attempt: 1, status: "failed", artifact: null, error });
    await store.catchTask(lease, { step: "each", index: 3, attempt: 1, artifact: { inline: "{}" } });
    expect(await store.readSettled(lease.run, "each", 1, 5)).toEqual([2, 3]);
    expect(await store.readSettled(lease.run, "each", 6, 9)).toEqual([]);
  });

  test("outcomes are read in the order of the items, whatever the order in which tasks began and ended", async () => {
    const { store, lease } = await heldRun();
    for (const index of [2, 0, 1]) await begin(store, lease, index);
    for (const index of [1, 2, 0]) {
      await store.endAttempt(lease, { ...done, index, attempt: 1, artifact: { inline: `"film ${index}"` } });
    }
    const films = ["film 0", "film 1", "film 2"].map((film) => ({ inline: JSON.stringify(film) }));
    expect(await store.readOutcomes(lease.run, "each")).toEqual(films);
  });

  test("the key of a task is what its last attempt knew it by", async () => {
    const { store, lease } = await heldRun();
    const first = { step: "each", index: 1, key: "each", workerPid: 5 };
    const attempt = await store.beginAttempt(lease, first);
    await store.endAttempt(lease, { ...done, index: 1, attempt, status: "failed", error, artifact: null });
    await store.beginAttempt(lease, { ...first, key: "2" });
    expect(await store.readTask(lease.run, "each", "2")).toMatchObject({ index: 1, attempts: [{}, {}] });
  });

  test("a run never ended before it was made, whatever the clocks of the machines say", async () => {
    const { store, time, lease } = await heldRun(elsewhere);
    const { createdMs } = await store.readRun(lease.run);
    time.nowMs -= 60_000;
    await store.renewLease(lease);
    time.nowMs += leaseMs + 1;
    expect(await store.readRun(lease.run)).toMatchObject({ status: "interrupted", endedMs: createdMs });
  });

  test("a held run is refused to others until its lease runs out, and shown as running only so long", async () => {
    const { store, time, lease } = await heldRun(elsewhere);
    time.nowMs += leaseMs;
    await expect(store.claimRun(lease.run, claim("second"))).rejects.toMatchObject({ code: "run-locked" });
    expect((await store.readRun(lease.run)).status).toBe("running");
    expect(await store.renewLease(lease)).toBe(true);
    time.nowMs += leaseMs;
    expect((await store.readRun(lease.run)).status).toBe("running");
    time.nowMs += 1;
    expect(await store.readRun(lease.run)).toMatchObject({ status: "interrupted", endedMs: 1_000_000 + leaseMs });
    expect(await store.claimRun(lease.run, claim("second"))).toEqual({ run: "1", owner: "second" });
    await expect(store.claimRun("77", claim("second"))).rejects.toMatchObject({ code: "not-found" });
  });

  test("a run whose scheduler is dead on this very host can be taken over at once", async () => {
    const { store, lease } = await heldRun({ ...here, pid: 2 ** 22 + 1 } as LeaseHolder);
    expect((await store.readRun(lease.run)).status).toBe("interrupted");
    expect(await store.claimRun(lease.run, claim("second"))).toMatchObject({ owner: "second" });
  });

  test("a workflow holds a run as long as its claim says, and takes its own run up again", async () => {
    const { store, time } = await emptyStore(kind);
    const held = { owner: "w-1", holder: { kind: "workflow", workflowId: "run-films" }, leaseMs: 60_000 } as const;
    const lease = await store.createRun(run, held);
    time.nowMs += 60_000;
    await expect(store.claimRun(lease.run, claim("second"))).rejects.toThrow("is running in workflow run-films");
    expect(await store.claimRun(lease.run, held)).toEqual(lease);
    time.nowMs += 60_001;
    expect(await store.readHead(lease.run)).toMatchObject({ status: "interrupted", holder: held.holder });
    expect(await store.renewLease(lease)).toBe(true);
    expect((await store.readHead(lease.run)).status).toBe("running");
  });

  test("of many runs those are told that a workflow is to end and has not, whether it holds them or let them go", async () => {
    const { store, time, lease: local } = await heldRun(elsewhere);
    const workflow = (id: string): LeaseClaim => claim(id, { kind: "workflow", workflowId: id });
    const [old, ended] = [await store.createRun(run, workflow("old")), await store.createRun(run, workflow("ended"))];
    await store.endRun(ended, "interrupted", null);
    time.nowMs += leaseMs + 1;
    const held = await store.createRun(run, workflow("held"));
    const all = [local, old, ended, held].map((lease) => lease.run);
    const told = await store.readClusterRuns(all);
    expect(told.map((head) => [head.run, head.status])).toEqual([
      [held.run, "running"],
      [old.run, "interrupted"],
    ]);
    expect(told[0]).toEqual(await store.readHead(held.run));
    expect(await store.readClusterRuns([ended.run])).toEqual([]);
  });

  test("a zombie whose run was taken over cannot write a thing", async () => {
    const { store, again, time, lease } = await heldRun();
    const attempt = await begin(store, lease);
    time.nowMs += leaseMs + 1;
    await (await again()).claimRun(lease.run, claim("second"));
    const writes = [
      () => store.endAttempt(lease, { ...done, attempt }),
      () => begin(store, lease),
      () => store.beginStep(lease, "each"),
      () => store.catchTask(lease, { step: "each", index: 0, attempt, artifact: { inline: "1" } }),
      () => store.closeStep(lease, "each", { inline: "[]" }, "done"),
      () => store.failStep(lease, "each"),
      () => store.replaceCode(lease, graph, code, new Set()),
      () => store.endRun(lease, "done", null),
    ];
    for (const write of writes) await expect(write()).rejects.toMatchObject({ code: "run-locked" });
    expect(await store.renewLease(lease)).toBe(false);
    const { status, steps } = await store.readRun(lease.run);
    expect({ status, step: steps[0]?.status }).toEqual({ status: "running", step: "waiting" });
    expect(steps[0]?.tasks[0]?.attempts).toMatchObject([{ attempt: 1, status: "lost", endedMs: 1_000_000 }]);
  });

  test("a run that is done is nobody's to take over: one who looked before it ended begins nothing again", async () => {
    const { store, lease } = await heldRun();
    await store.endRun(lease, "done", null);
    expect(await store.claimRun(lease.run, claim("late"))).toBeNull();
    expect(await store.readHead(lease.run)).toMatchObject({ status: "done" });
  });

  test("of two that claim a run at once one gets it", async () => {
    const { store, again, time, lease } = await heldRun(elsewhere);
    time.nowMs += leaseMs + 1;
    const stores = [store, await again(), await again()];
    const claims = await Promise.allSettled(stores.map((each, i) => each.claimRun(lease.run, claim(`owner-${i}`))));
    expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("how long tasks took is read of the last earlier run of the flow that closed the step, the longest first", async () => {
    const { store, time, lease } = await heldRun();
    for (const [index, tookMs] of [5, 900, 40].entries()) {
      const task = { step: "each", index, key: `k${index}` };
      const attempt = await store.beginAttempt(lease, { ...task, workerPid: 1 });
      time.nowMs += tookMs;
      await store.endAttempt(lease, { ...done, ...task, attempt });
    }
    const next = await store.createRun(run, claim("next"));
    expect(await store.readTimes(next.run, "each", 2)).toBeNull();
    await store.closeStep(lease, "each", { inline: "[]" }, "done");
    const longest = [
      { key: "k1", tookMs: 900 },
      { key: "k2", tookMs: 40 },
    ];
    expect(await store.readTimes(next.run, "each", 2)).toEqual({ meanMs: 315, longest });
    expect(await store.readTimes(lease.run, "each", 2)).toBeNull();
  });

  test("an attempt ends once: a second end of it, or the end of an earlier one, is refused", async () => {
    const { store, lease } = await heldRun();
    const first = await begin(store, lease);
    await store.endAttempt(lease, { ...done, attempt: first, status: "failed", artifact: null, error });
    const second = await begin(store, lease);
    await expect(store.endAttempt(lease, { ...done, attempt: first })).rejects.toMatchObject({ code: "run-locked" });
    await store.endAttempt(lease, { ...done, attempt: second });
    await expect(store.endAttempt(lease, { ...done, attempt: second })).rejects.toMatchObject({ code: "run-locked" });
    await expect(begin(store, lease)).rejects.toThrow("it must not begin again");
    expect((await store.readPast(lease.run)).get("each")?.done).toEqual([0]);
  });

  test("a later attempt of a task supersedes one that still runs, whose end is refused from then on", async () => {
    const { store, again, lease } = await heldRun();
    const other = await again();
    expect([await begin(store, lease), await begin(other, lease)]).toEqual([1, 2]);
    await expect(store.endAttempt(lease, { ...done, attempt: 1, artifact: { inline: "1" } })).rejects.toMatchObject({
      code: "run-locked",
    });
    await other.endAttempt(lease, { ...done, attempt: 2, artifact: { inline: "2" } });
    const task = await store.readTask(lease.run, "each", "1");
    expect(task).toMatchObject({ status: "done", artifact: { inline: "2" } });
    expect(task.attempts.map(({ status }) => status)).toEqual(["lost", "done"]);
  });

  test("writes that wait together are committed together, each refused or accepted for itself", async () => {
    const { store, again, lease } = await heldRun();
    const zombie = { ...lease, owner: "zombie" };
    const many = Array.from({ length: 1_200 }, (_, index) => index);
    const begun = await Promise.allSettled(many.map((index) => begin(store, index % 3 === 2 ? zombie : lease, index)));
    expect(begun.map(({ status }) => status === "fulfilled")).toEqual(many.map((index) => index % 3 !== 2));
    const ends = many.map((index) => store.endAttempt(lease, { ...done, index, attempt: index % 3 === 0 ? 1 : 9 }));
    const ended = await Promise.allSettled([...ends, ...many.map((index) => begin(store, lease, index))]);
    expect(ended.slice(0, 1_200).map(({ status }) => status === "fulfilled")).toEqual(many.map((i) => i % 3 === 0));
    expect(ended.slice(1_200).map(({ status }) => status === "fulfilled")).toEqual(many.map((i) => i % 3 !== 0));
    const { tasks, attempts } = (await (await again()).readSteps(lease.run))[0] ?? {};
    expect({ tasks, attempts }).toEqual({
      tasks: { done: 400, running: 800, waiting: 0, caught: 0, failed: 0 },
      attempts: 1_600,
    });
  });

  test("the failure of a task's last attempt can be taken for its outcome, and only that", async () => {
    const { store, lease } = await heldRun();
    const caught = { step: "each", index: 0, attempt: 1, artifact: { inline: '{"failed":true}' } };
    const attempt = await begin(store, lease);
    await expect(store.catchTask(lease, caught)).rejects.toMatchObject({ code: "run-locked" });
    await store.endAttempt(lease, { ...done, attempt, status: "failed", artifact: null, error });
    await store.catchTask(lease, caught);
    await expect(begin(store, lease)).rejects.toMatchObject({ code: "run-locked" });
    expect(await store.readOutcomes(lease.run, "each")).toEqual([caught.artifact]);
    expect((await store.readPast(lease.run)).get("each")?.done).toEqual([0]);
  });

  test("a run that goes on with other code keeps the leading steps that are the same", async () => {
    const { store, lease } = await heldRun();
    await store.endAttempt(lease, { ...done, attempt: await begin(store, lease) });
    await store.closeStep(lease, "each", { inline: "[1]" }, "done");
    const other = flow("test", {})
      .foreach("each", { over: () => [1], key: String }, () => 1)
      .step("product", () => 1).graph;
    await store.replaceCode(lease, other, { ...code, codeVersion: "2" }, new Set(["each"]));
    const { steps } = await store.readRun(lease.run);
    expect(steps.map((step) => [step.step, step.status, step.tasks.length])).toEqual([
      ["each", "done", 1],
      ["product", "waiting", 0],
    ]);
    expect(await store.beginAttempt(lease, { step: "product", index: 0, key: "product", workerPid: 5 })).toBe(1);
  });

  test("all that is written of an attempt is read again", async () => {
    const { store, again, time, lease } = await heldRun();
    await store.beginStep(lease, "each");
    const attempt = await begin(store, lease);
    time.nowMs += 5;
    const usage = { cpuSeconds: 0.125, peakRssBytes: 2 ** 33, blobReadBytes: 2 ** 40, blobWrittenBytes: 0 };
    const progress = { done: 1, total: 2, unit: 'pairs "quoted" \u{1F3AC}' };
    const card = { blob: "ab".repeat(32), byteCount: 10, name: "card.html" };
    const facts = { rows: 7, pairs: 21, largestBlock: { key: "mother", rows: 3 } };
    const log = [card, { ...card, byteCount: 3 }];
    await store.endAttempt(lease, { ...done, attempt, usage, progress, card, facts, log, artifact: card });
    const read = await (await again()).readTask(lease.run, "each", "1");
    const times = { startedMs: 1_000_000, endedMs: 1_000_005 };
    expect(read).toEqual({
      ...{ index: 0, key: "1", status: "done", artifact: card },
      attempts: [
        {
          ...{ attempt: 1, status: "done", ...times, workerPid: 5, workerHost: "cpu-2" },
          usage,
          progress,
          error: null,
          card,
          facts,
          log,
        },
      ],
    });
    await store.closeStep(lease, "each", { inline: "null" }, "skipped");
    await store.endRun(lease, "failed", error);
    expect(await store.readHead(lease.run)).toMatchObject({ status: "failed", error, endedMs: 1_000_005 });
    expect((await store.readSteps(lease.run))[0]).toMatchObject({ status: "skipped", artifact: { inline: "null" } });
  });

  test("the log of an attempt is named while it runs, and by nobody after it; the end of one that says nothing of it keeps it", async () => {
    const { store, lease } = await heldRun();
    const piece = { blob: "ab".repeat(32), byteCount: 10 };
    const attempt = await begin(store, lease);
    const named = { step: "each", index: 0, attempt, log: [piece] };
    await store.keepLog(lease, named);
    const logs = async () => (await store.readTask(lease.run, "each", "1")).attempts.map(({ log }) => log);
    expect(await logs()).toEqual([[piece]]);
    await begin(store, lease);
    await expect(store.keepLog(lease, { ...named, log: [] })).rejects.toMatchObject({ code: "run-locked" });
    await expect(store.keepLog({ ...lease, owner: "other" }, { ...named, attempt: 2 })).rejects.toMatchObject({
      code: "run-locked",
    });
    await store.keepLog(lease, { ...named, attempt: 2, log: [piece, piece] });
    await store.endAttempt(lease, { ...done, attempt: 2 });
    await expect(store.keepLog(lease, { ...named, attempt: 2, log: [] })).rejects.toMatchObject({ code: "run-locked" });
    expect(await logs()).toEqual([[piece], [piece, piece]]);
  });

  test("tasks are read one page after the other, all or those that stand somewhere", async () => {
    const { store, lease } = await heldRun();
    await Promise.all(Array.from({ length: 25 }, (_, index) => begin(store, lease, index)));
    await store.endAttempt(lease, { ...done, index: 7, attempt: 1, status: "failed", artifact: null, error });
    const page = (after?: number) => store.readTasks(lease.run, { step: "each", after, limit: 10 });
    const pages = [await page(), await page(9), await page(19), await page(24)];
    expect(pages.map((tasks) => tasks.length)).toEqual([10, 10, 5, 0]);
    expect(pages.flat().map(({ index }) => index)).toEqual(Array.from({ length: 25 }, (_, index) => index));
    const failed = await store.readTasks(lease.run, { step: "each", status: "failed", limit: 10 });
    expect(failed).toMatchObject([{ key: "8", attempts: [{ status: "failed", error }] }]);
    await expect(store.readTasks(lease.run, { step: "none", limit: 1 })).rejects.toMatchObject({ code: "not-found" });
    await expect(store.readTask(lease.run, "each", "99")).rejects.toMatchObject({ code: "not-found" });
  });

  test("runs are listed by flow, project, namespace, branch, user and tag, in pages", async () => {
    const { store } = await emptyStore(kind);
    const label = (branch: string, tags: string[]) => ({ namespace: `test.${branch}`, user: "ada", branch, tags });
    const project = { ...graph, project: "movies" };
    await store.createRun({ ...run, labels: label("a", ["nightly", "b"]) }, claim("1"));
    await store.createRun({ ...run, graph: project, labels: label("b", ["nightly"]) }, claim("2"));
    await store.createRun(run, claim("3"));
    const list = async (filter: object) => (await store.listRuns({ limit: 10, ...filter })).map((each) => each.run);
    expect(await list({})).toEqual(["3", "2", "1"]);
    expect(await list({ tag: "nightly" })).toEqual(["2", "1"]);
    expect(await list({ namespace: "test.a", branch: "a", user: "ada", flow: "test" })).toEqual(["1"]);
    expect(await list({ project: "movies" })).toEqual(["2"]);
    expect(await list({ before: "3", limit: 1 })).toEqual(["2"]);
    expect((await store.listRuns({ limit: 3 })).map(({ tags, branch }) => [tags, branch])).toEqual([
      [undefined, undefined],
      [["nightly"], "b"],
      [["b", "nightly"], "a"],
    ]);
  });

  test("tags are added and taken away later, whoever holds the run, and a tag that is none is refused", async () => {
    const { store, again, lease } = await heldRun();
    const other = await again();
    await other.addTags(lease.run, ["good", "late", "good"]);
    await other.removeTags(lease.run, ["late", "never there"]);
    expect((await store.readHead(lease.run)).tags).toEqual(["good"]);
    await expect(other.addTags(lease.run, [" "])).rejects.toMatchObject({ code: "argument-invalid" });
    await expect(other.addTags("77", ["good"])).rejects.toMatchObject({ code: "not-found" });
    await expect(
      other.addTags(
        lease.run,
        Array.from({ length: 100 }, (_, i) => `tag-${i}`),
      ),
    ).rejects.toMatchObject({ code: "limit-exceeded" });
    expect((await store.readHead(lease.run)).tags).toEqual(["good"]);
  });
});
