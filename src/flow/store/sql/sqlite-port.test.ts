import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../base/index.ts";
import { openMetadata } from "../open-metadata.ts";
import { SqlitePort } from "./sqlite-port.ts";

test("metadata that is torn, or was written by a newer kindred, is told with its file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindred-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const torn = join(folder, "torn.sqlite");
  writeFileSync(torn, "not a database at all, but long enough to have been one".repeat(20));
  await expect(openMetadata(torn)).rejects.toThrow(/torn\.sqlite: the run metadata cannot be read/);
  const newer = join(folder, "newer.sqlite");
  const database = new DatabaseSync(newer);
  database.exec("pragma user_version = 99");
  database.close();
  await expect(openMetadata(newer)).rejects.toThrow(/run metadata of schema version 99; expected at most \d/);
});

test("a page whose bytes changed is told as damage before a run goes on with it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindred-sqlite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "runs.sqlite");
  const database = new DatabaseSync(path);
  database.exec("pragma journal_mode = wal; create table films (title text primary key) strict, without rowid");
  for (let i = 0; i < 500; i++) database.exec(`insert into films values ('film ${i}')`);
  database.close();
  const bytes = readFileSync(path);
  // The head of a page in the middle, which says how many rows it has.
  bytes.fill(0, 2 * 4_096, 2 * 4_096 + 8);
  writeFileSync(path, bytes);
  const port = new SqlitePort(path, systemClock);
  onTestFinished(() => port.close());
  await expect(port.checkWhole()).rejects.toMatchObject({
    code: "artifact-damaged",
    message: expect.stringContaining(path),
  });
});

/** A file of which most was removed, and its length. */
async function mostlyRemoved(before: (path: string) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "kindred-sqlite-"));
  const path = join(folder, "runs.sqlite");
  before(path);
  const port = new SqlitePort(path, systemClock);
  onTestFinished(async () => {
    await port.close();
    rmSync(folder, { recursive: true });
  });
  await port.run("create table films (film integer primary key, story text) strict");
  const insert = "insert into films select given.value ->> 'film', given.value ->> 'story' from {given}";
  const films = Array.from({ length: 4_000 }, (_, film) => ({ film, story: `film ${film} `.repeat(200) }));
  await port.run(insert, JSON.stringify(films));
  await port.run("delete from films where film % 10 > 0");
  await port.all("pragma wal_checkpoint(truncate)");
  const sum = async () => (await port.all("select count(*) as count, sum(film) as films from films"))[0];
  return { port, path, byteCount: statSync(path).size, sum };
}

test("room of removed rows goes back to the disk, while another process writes and a third reads what was", async () => {
  const { port, path, byteCount, sum } = await mostlyRemoved();
  const [writer, reader] = [new DatabaseSync(path), new DatabaseSync(path)];
  let steps = 0;
  reader.exec("begin");
  expect(reader.prepare("select count(*) as count from films").get()?.count).toBe(400);
  await port.giveBack(() => {
    steps += 1;
    writer.exec(`insert into films values (${10_000 + steps}, 'new')`);
  });
  expect(steps).toBeGreaterThan(5);
  expect(reader.prepare("select sum(film) as films from films").get()?.films).toBe((399 * 400 * 10) / 2);
  reader.exec("commit");
  await port.giveBack(() => {});
  expect(statSync(path).size).toBeLessThan(byteCount / 5);
  const added = Array.from({ length: steps }, (_, step) => 10_001 + step).reduce((total, each) => total + each, 0);
  expect(await sum()).toEqual({ count: 400 + steps, films: (399 * 400 * 10) / 2 + added });
  await port.checkWhole();
  writer.close();
  reader.close();
});

test("giving back ends when whoever asked may not go on", async () => {
  const { port, sum } = await mostlyRemoved();
  let steps = 0;
  const ended = port.giveBack(() => {
    steps += 1;
    if (steps === 3) throw new Error("taken over");
  });
  await expect(ended).rejects.toThrow("taken over");
  expect(await sum()).toEqual({ count: 400, films: (399 * 400 * 10) / 2 });
});

test("a file that was made without the mode keeps its room, and is asked for it once", async () => {
  const { port, path, byteCount, sum } = await mostlyRemoved((made) => {
    const database = new DatabaseSync(made);
    database.exec("create table made (at integer) strict");
    database.close();
  });
  let steps = 0;
  await port.giveBack(() => {
    steps += 1;
  });
  expect(steps).toBe(2);
  expect(statSync(path).size).toBe(byteCount);
  expect(await sum()).toEqual({ count: 400, films: (399 * 400 * 10) / 2 });
});
