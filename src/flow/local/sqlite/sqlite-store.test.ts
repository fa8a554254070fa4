import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { flow } from "../../flow.ts";
import type { LeaseClaim, RunLease } from "../../store/metadata-store.ts";
import { leaseMs } from "./lease.ts";
import { SqliteStore } from "./sqlite-store.ts";

const { graph } = flow("test", {})
  .foreach("each", { over: () => [1, 2, 3], key: String }, () => 1)
  .step("sum", () => 1);
const code = { flowModule: "file:///flow.ts", exportName: "default", codeVersion: "1", codeHash: "00" };
const done = {
  step: "each",
  index: 0,
  status: "done",
  usage: null,
  progress: null,
  error: null,
  artifact: { inline: "1" },
} as const;

/** A store with a clock that only the test moves, and a run held by the owner `first`. */
async function heldRun(hostName = hostname(), pid = process.pid) {
  const folder = mkdtempSync(join(tmpdir(), "kindred-sqlite-"));
  const time = { nowMs: 1_000_000 };
  const store = new SqliteStore(join(folder, "runs.sqlite"), { nowMs: () => time.nowMs });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const lease = await store.createRun({ graph, code, params: {}, labels: {} }, claim("first", hostName, pid));
  return {
    store,
    time,
    lease,
    begin: (held: RunLease) => store.beginAttempt(held, { step: "each", index: 0, key: "1", workerPid: 5 }),
  };
}

function claim(owner: string, hostName = hostname(), pid = process.pid): LeaseClaim {
  return { owner, pid, hostName };
}

test("a held run is refused to others until its lease runs out, and shown as running only so long", async () => {
  const { store, time, lease } = await heldRun("another-host");
  time.nowMs += leaseMs;
  await expect(store.claimRun(lease.run, claim("second"))).rejects.toMatchObject({ code: "run-locked" });
  expect((await store.readRun(lease.run)).status).toBe("running");
  expect(await store.renewLease(lease)).toBe(true);
  time.nowMs += leaseMs;
  expect((await store.readRun(lease.run)).status).toBe("running");
  time.nowMs += 1;
  expect(await store.readRun(lease.run)).toMatchObject({ status: "interrupted", endedMs: 1_000_000 + leaseMs });
  expect(await store.claimRun(lease.run, claim("second"))).toEqual({ run: "1", owner: "second" });
});

test("a run whose scheduler is dead on this very host can be taken over at once", async () => {
  const { store, lease } = await heldRun(hostname(), 2 ** 22 + 1);
  expect((await store.readRun(lease.run)).status).toBe("interrupted");
  expect(await store.claimRun(lease.run, claim("second"))).toMatchObject({ owner: "second" });
});

test("a zombie whose run was taken over cannot write a thing", async () => {
  const { store, time, lease, begin } = await heldRun();
  const attempt = await begin(lease);
  time.nowMs += leaseMs + 1;
  await store.claimRun(lease.run, claim("second"));
  const writes = [
    () => store.endAttempt(lease, { ...done, attempt }),
    () => begin(lease),
    () => store.beginStep(lease, "each"),
    () => store.recordItems(lease, "each", { inline: "{}" }, 3),
    () => store.closeStep(lease, "each", { inline: "[]" }, "done"),
    () => store.failStep(lease, "each"),
    () => store.replaceCode(lease, graph, code, 0),
    () => store.endRun(lease, "done", null),
  ];
  for (const write of writes) await expect(write()).rejects.toMatchObject({ code: "run-locked" });
  expect(await store.renewLease(lease)).toBe(false);
  const { status, steps } = await store.readRun(lease.run);
  expect({ status, step: steps[0]?.status }).toEqual({ status: "running", step: "waiting" });
  expect(steps[0]?.tasks[0]?.attempts).toMatchObject([{ attempt: 1, status: "lost", endedMs: 1_000_000 }]);
});

test("an attempt ends once: a second end of it, or the end of an earlier one, is refused", async () => {
  const { store, lease, begin } = await heldRun();
  const first = await begin(lease);
  await store.endAttempt(lease, { ...done, attempt: first, status: "failed", artifact: null });
  const second = await begin(lease);
  await expect(store.endAttempt(lease, { ...done, attempt: first })).rejects.toMatchObject({ code: "run-locked" });
  await store.endAttempt(lease, { ...done, attempt: second });
  await expect(store.endAttempt(lease, { ...done, attempt: second })).rejects.toMatchObject({ code: "run-locked" });
  await expect(begin(lease)).rejects.toThrow("it must not begin again");
  expect((await store.readPast(lease.run)).get("each")?.done).toEqual([0]);
});

test("a run that goes on with other code keeps the leading steps that are the same", async () => {
  const { store, lease, begin } = await heldRun();
  await store.recordItems(lease, "each", { inline: "{}" }, 1);
  await store.endAttempt(lease, { ...done, attempt: await begin(lease) });
  await store.closeStep(lease, "each", { inline: "[1]" }, "done");
  const other = flow("test", {})
    .foreach("each", { over: () => [1], key: String }, () => 1)
    .step("product", () => 1).graph;
  await store.replaceCode(lease, other, { ...code, codeVersion: "2" }, 1);
  const { steps } = await store.readRun(lease.run);
  expect(steps.map((step) => [step.step, step.status, step.tasks.length])).toEqual([
    ["each", "done", 1],
    ["product", "waiting", 0],
  ]);
});

test("metadata that is torn, or was written by a newer kindred, is told with its file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindred-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = { nowMs: () => 0 };
  const torn = join(folder, "torn.sqlite");
  writeFileSync(torn, "not a database at all, but long enough to have been one".repeat(20));
  expect(() => new SqliteStore(torn, clock)).toThrow(/torn\.sqlite: the run metadata cannot be read/);
  const newer = join(folder, "newer.sqlite");
  const database = new DatabaseSync(newer);
  database.exec("pragma user_version = 99");
  database.close();
  expect(() => new SqliteStore(newer, clock)).toThrow("run metadata of schema version 99; expected at most 1");
});
