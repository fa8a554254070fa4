import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../base/index.ts";
import { flow } from "../../flow.ts";
import { postgresKind, sqliteKind } from "../fixtures/metadata-places.ts";
import type { MetadataStore, RunLease } from "../metadata-store.ts";
import { openMetadata, openPort } from "../open-metadata.ts";
import { rowsOfVersion, type WrittenRow } from "./fixtures/rows-of-version.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./schema/migrations.ts";
import type { SqlPort, SqlRunner } from "./sql-port.ts";

const { graph } = flow("letters", { project: "words" }).foreach("each", { over: () => ["a"], key: String }, () => 1);
const newest = migrations.length;
const versions = Array.from({ length: newest }, (_, i) => i + 1);

async function insert(sql: SqlRunner, { table, columns }: WrittenRow): Promise<void> {
  const names = Object.keys(columns);
  const marks = names.map(() => "?").join(", ");
  await sql.run(`insert into ${table} (${names.join(", ")}) values (${marks})`, ...Object.values(columns));
}

test.for(versions)(
  "the tests of version %i have rows in every table that its migrations leave empty",
  async (version) => {
    const port = await openPort(":memory:", systemClock);
    onTestFinished(() => port.close());
    await migrate(port, migrations.slice(0, version));
    const written = new Set(rowsOfVersion(version, "").map(({ table }) => table));
    const all = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
    for (const { name } of await port.all<{ readonly name: string }>(all))
      expect(written.has(name) || (await port.all(`select * from ${name}`)).length > 0, name).toBe(true);
  },
);

describe.each([sqliteKind, postgresKind()])("metadata of an earlier schema in $name", (kind) => {
  beforeAll(() => kind.start());
  afterAll(() => kind.stop());

  async function emptyPlace() {
    const place = await kind.makePlace();
    onTestFinished(() => place.remove());
    const withPort = async <T>(use: (port: SqlPort) => Promise<T>): Promise<T> => {
      const port = await openPort(place.url, systemClock);
      return use(port).finally(() => port.close());
    };
    return { url: place.url, withPort };
  }

  /** A place as a Kindred of a schema version left it. */
  async function placeOfVersion(version: number) {
    const place = await emptyPlace();
    const rows = rowsOfVersion(version, JSON.stringify(graph));
    await place.withPort(async (port) => {
      await migrate(port, migrations.slice(0, version));
      for (const row of rows) await insert(port, row);
    });
    return { ...place, rows };
  }

  async function opened(url: string): Promise<MetadataStore> {
    const store = await openMetadata(url);
    onTestFinished(() => store.close());
    return store;
  }

  test.for(versions)("version %i is brought up to date with every row it held", async (version) => {
    const { url, withPort, rows } = await placeOfVersion(version);
    await (await openMetadata(url)).close();
    await withPort(async (port) => {
      expect(await port.schemaVersion(port)).toBe(newest);
      for (const { table, columns } of rows) {
        const { labels: _, ...kept } = columns;
        expect(await port.all(`select * from ${table}`), table).toContainEqual(expect.objectContaining(kept));
      }
    });
  });

  test.for(versions)("a run that version %i wrote is listed, read and gone on with", async (version) => {
    const store = await opened((await placeOfVersion(version)).url);
    const [summary] = await store.listRuns({ tag: "nightly", namespace: "user.ada", user: "ada", limit: 5 });
    expect(summary).toMatchObject({ run: "1", flow: "letters", project: "words", tags: ["first", "nightly"] });
    expect((await store.readRun("1")).steps[0]).toMatchObject({
      ...{ step: "each", status: "failed", width: 2, startedMs: 1001 },
      tasks: [
        { key: "a", status: "done", attempts: [{ usage: { cpuSeconds: 0.5, blobWrittenBytes: 20 } }] },
        { key: "b", status: "failed", attempts: [{ workerPid: 77, error: { code: "internal" }, card: null }] },
      ],
    });
    expect((await store.readPast("1")).get("each")?.done).toEqual([0]);
    const used = await store.usage.used({ project: "words", namespace: "user.ada" });
    expect(used).toMatchObject({ tasks: 2, cpuHours: 0.5 / 3600 });
    const lease = await store.claimRun("1", { owner: "new", holder: { kind: "workflow", workflowId: "w" } });
    expect(await store.beginAttempt(lease as RunLease, { step: "each", index: 1, key: "b", workerPid: 1 })).toBe(2);
  });

  test("of many that open it at once one migrates it, and a failed migration leaves it as it was", async () => {
    const { url, withPort } = await placeOfVersion(1);
    await withPort((port) => port.run("create table run_tags (anything text)"));
    await expect(openMetadata(url)).rejects.toThrow("run_tags");
    await withPort(async (port) => {
      expect(await port.schemaVersion(port)).toBe(1);
      expect(await port.all("select labels from runs")).toHaveLength(1);
      await port.run("drop table run_tags");
    });
    for (const store of await Promise.all([1, 2, 3].map(() => opened(url))))
      expect(await store.listRuns({ tag: "nightly", limit: 5 })).toHaveLength(1);
  });

  test("a schema that a newer Kindred wrote is refused, with its version and ours, and left alone", async () => {
    const { url, withPort } = await placeOfVersion(newest);
    await withPort((port) => port.setSchemaVersion(port, newest + 3));
    await expect(openMetadata(url)).rejects.toMatchObject({
      code: "output-refused",
      message: expect.stringMatching(new RegExp(`version ${newest + 3}.* at most ${newest}\\b`)),
    });
    await withPort(async (port) => expect(await port.schemaVersion(port)).toBe(newest + 3));
  });
});
