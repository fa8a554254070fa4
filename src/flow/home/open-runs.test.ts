import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { LettersHome } from "../fixtures/letters-home.ts";
import { openRuns } from "./index.ts";

test("who looks for long sees the first run of a home, and the runs of one that was removed and made anew", async () => {
  const letters = new LettersHome();
  const runs = await openRuns(letters.home);
  onTestFinished(() => runs.close());
  expect(await runs.list()).toEqual([]);
  await letters.start();
  await letters.start();
  expect((await runs.list()).map(({ run }) => run)).toEqual(["2", "1"]);
  for (const end of ["", "-wal", "-shm"]) rmSync(join(letters.home, `runs.sqlite${end}`), { force: true });
  expect(await runs.list()).toEqual([]);
  await letters.start();
  expect((await runs.list()).map(({ run }) => run)).toEqual(["1"]);
});

test("metadata that could not be opened is tried again", async () => {
  const home = mkdtempSync(join(tmpdir(), "kindred-runs-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  writeFileSync(join(home, "runs.sqlite"), "this is no database, and long enough to be taken for none");
  const runs = await openRuns(home);
  onTestFinished(() => runs.close());
  await expect(runs.list()).rejects.toMatchObject({ code: "artifact-damaged" });
  rmSync(join(home, "runs.sqlite"));
  expect(await runs.list()).toEqual([]);
});
