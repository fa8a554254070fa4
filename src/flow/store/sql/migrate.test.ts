import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { startPostgres } from "../../../../test/servers/postgres-server.ts";
import { systemClock } from "../../../base/index.ts";
import { flow } from "../../flow.ts";
import type { MetadataStore, RunLease } from "../metadata-store.ts";
import { openMetadata } from "../open-metadata.ts";
import { PostgresPort } from "./postgres-port.ts";
import { migrations } from "./schema/migrations.ts";
import { SqlitePort } from "./sqlite-port.ts";

/** What Kindred of schema version 1 left of a run that failed in its second task. */
const versionOne = `
insert into runs values (12, 'letters', 'words', '{"shards":2}',
  '{"namespace":"user.ada","user":"ada","tags":["nightly","first","nightly"]}', '{graph}',
  '{"flowModule":"file:///f.ts","exportName":"default","codeVersion":"1","codeHash":"00"}',
  'failed', '{"code":"run-failed","message":"no","parts":{"seen":"no"}}', 1000, 2000, null, 5, 'a-host', 1900);
insert into steps values (12, 0, 'each', 'foreach', 'failed', 2, '{"inline":"{}"}', null, 1001, 1900);
insert into tasks values (12, 0, 0, 'a', 'done', 1, '{"inline":"1"}'), (12, 0, 1, 'b', 'failed', 1, null);
insert into attempts values (12, 0, 0, 1, 'done', 1002, 1003, 77, .5, 100, 10, 20, null, null);
insert into attempts values (12, 0, 1, 1, 'failed', 1004, 1005, 78, null, null, null, null, null,
  '{"code":"internal","message":"no","parts":{"seen":"no"}}');
`;

const { graph } = flow("letters", { project: "words" }).foreach("each", { over: () => ["a"], key: String }, () => 1);

function versionOneFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindred-migrate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "runs.sqlite");
  const database = new DatabaseSync(path);
  for (const statement of migrations[0]?.statements ?? []) database.exec(statement);
  database.exec(`${versionOne.replace("{graph}", JSON.stringify(graph))} pragma user_version = 1`);
  database.close();
  return path;
}

test("runs that version 1 wrote are listed, read and gone on with, their labels in columns", async () => {
  const path = versionOneFile();
  const store = await openMetadata(path);
  const [summary] = await store.listRuns({ tag: "nightly", namespace: "user.ada", user: "ada", limit: 5 });
  expect(summary).toMatchObject({ run: "12", flow: "letters", project: "words", tags: ["first", "nightly"] });
  expect((await store.readRun("12")).steps[0]).toMatchObject({
    ...{ step: "each", status: "failed", width: 2, startedMs: 1001 },
    tasks: [
      { key: "a", status: "done", attempts: [{ usage: { cpuSeconds: 0.5, blobWrittenBytes: 20 }, workerHost: null }] },
      { key: "b", status: "failed", attempts: [{ workerPid: 78, error: { code: "internal" }, card: null }] },
    ],
  });
  expect((await store.readPast("12")).get("each")?.done).toEqual([0]);
  const lease = (await store.claimRun("12", {
    owner: "new",
    holder: { kind: "workflow", workflowId: "w" },
  })) as RunLease;
  expect(await store.beginAttempt(lease, { step: "each", index: 1, key: "b", workerPid: 1 })).toBe(2);
  await store.close();
});

test("of many that open an old home at once one migrates it, and a failed migration leaves it as it was", async () => {
  const path = versionOneFile();
  const broken = new DatabaseSync(path);
  broken.exec("create table run_tags (anything text)");
  broken.close();
  await expect(openMetadata(path)).rejects.toThrow("run_tags");
  const left = new SqlitePort(path, systemClock);
  expect(await left.schemaVersion(left)).toBe(1);
  expect(await left.all("select labels from runs")).toHaveLength(1);
  await left.run("drop table run_tags");
  await left.close();
  const stores = await Promise.all([1, 2, 3].map(() => openMetadata(path)));
  for (const store of stores) {
    expect(await store.listRuns({ limit: 5 })).toHaveLength(1);
    await store.close();
  }
});

test("PostgreSQL goes through the same migrations with the same data", async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const url = await server.createDatabase("old");
  const port = await PostgresPort.open(url);
  await port.migration(async (sql) => {
    for (const statement of migrations[0]?.statements ?? []) await sql.run(port.schemaText(statement));
    const [runs = "", ...others] = versionOne.replace("{graph}", JSON.stringify(graph)).split(/;\s*\n/);
    for (const statement of [runs.replace("values", "overriding system value values"), ...others])
      if (statement.trim() !== "") await sql.run(statement);
    await port.setSchemaVersion(sql, 1);
  });
  await port.close();
  const stores = await Promise.all([1, 2, 3].map(() => openMetadata(url)));
  onTestFinished(async () => {
    for (const store of stores) await store.close();
  });
  const [summary] = await (stores[0] as MetadataStore).listRuns({ tag: "nightly", user: "ada", limit: 5 });
  expect(summary).toMatchObject({ run: "12", project: "words", tags: ["first", "nightly"], status: "failed" });
  expect((await (stores[1] as MetadataStore).readRun("12")).steps[0]?.tasks).toMatchObject([
    { key: "a", attempts: [{ usage: { cpuSeconds: 0.5 }, workerHost: null }] },
    { key: "b", attempts: [{ workerPid: 78, card: null }] },
  ]);
});
