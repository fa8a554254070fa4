import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { collectGarbage, openRuns, resumeRun, startRun } from "../index.ts";
import { FolderStore } from "../store/folder-store.ts";
import { filmText } from "./fixtures/film-blobs-flow.ts";

const retention = { keepMs: 0, keepRuns: 1, productionVersions: null };
const flowModule = new URL("./fixtures/film-blobs-flow.ts", import.meta.url);

/** Leaves the films of a round in a home as a run would that is long gone, and no row names. */
async function leaveBlobs(home: string, round: number): Promise<void> {
  const blobs = join(home, "blobs");
  const store = new FolderStore(blobs);
  for (let film = 0; film < 40; film++) await store.put(Buffer.from(filmText(film, round)));
  const at = Date.now() / 1_000 - 2 * 60 * 60;
  for (const entry of readdirSync(blobs, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && entry.name.length === 62) utimesSync(join(entry.parentPath, entry.name), at, at);
}

test("a run that puts what nobody names any more loses nothing to collections beside it, and can be read and gone on with", async () => {
  const home = mkdtempSync(join(tmpdir(), "kindred-beside-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const host = { home, workers: 2, codeVersion: "1" };
  let removed = 0;
  for (let round = 1; round <= 4; round++) {
    await leaveBlobs(home, round);
    let isRunning = true;
    const running = startRun({ ...host, flowModule, params: { round } }).finally(() => {
      isRunning = false;
    });
    while (isRunning) {
      const { collected } = await collectGarbage({ home, project: null, retention });
      removed += collected.find(({ kind }) => kind === "blobs")?.count ?? 0;
    }
    const { artifact, run } = await running;
    expect(artifact).toEqual(Array.from({ length: 40 }, (_, i) => `film ${i}`));
    const runs = await openRuns(home);
    expect(await runs.artifact(run, "list")).toMatchObject({ byteCount: expect.any(Number) });
    await runs.close();
  }
  expect(removed).toBeGreaterThan(0);
  await collectGarbage({ home, project: null, retention });
  const runs = await openRuns(home);
  expect((await runs.list()).map(({ run }) => run)).toEqual(["4"]);
  await runs.close();
  expect((await resumeRun({ ...host, run: "4" })).artifact).toHaveLength(40);
}, 120_000);
