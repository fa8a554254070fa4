import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openMetadata } from "../open-metadata.ts";

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
