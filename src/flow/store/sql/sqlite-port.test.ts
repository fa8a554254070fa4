import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
