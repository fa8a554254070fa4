import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { filesUnder } from "../../src/base/index.ts";
import { type Cluster, startCluster, type WorkerProcess } from "../../src/flow/temporal/fixtures/cluster.ts";
import { madeCatalogues, makeFolderOf } from "../../src/pipelines/fixtures/catalogues.ts";
import { startKindred } from "./kindred-process.ts";

let cluster: Cluster;
let worker: WorkerProcess;
beforeAll(async () => {
  cluster = await startCluster();
  worker = await cluster.startWorker();
});
afterAll(() => cluster.stop());

async function madeFolder(): Promise<string> {
  const folder = await makeFolderOf({ ...madeCatalogues(40) });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function kindred(folder: string, home: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  return startKindred(folder, args, undefined, home, environment).ended;
}

/** The files of a linkage that say nothing of the run that made them. */
function resultsOf(out: string): Readonly<Record<string, string>> {
  const names = ["matches.csv", "entities.csv", "review.csv", "plan.json", "model.json"];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(out, name), "utf8")]));
}

const link = [
  "link",
  "a.csv",
  "b=b*.csv",
  "people.csv",
  "--documents",
  "text.md",
  "--shards",
  "1",
  "--out",
  "out",
] as const;

test("link on a cluster brings its sources along and its folder back: the bytes of one machine, and a decision on top", {
  timeout: 240_000,
}, async () => {
  const folder = await madeFolder();
  const elsewhere = mkdtempSync(join(tmpdir(), "kindred-home-"));
  onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
  const alone = await kindred(folder, join(folder, ".home"), [...link], {});
  expect(alone).toMatchObject({ exitCode: 0 });
  const expected = resultsOf(join(folder, "out"));
  rmSync(join(folder, "out"), { recursive: true });
  const onCluster = { ...cluster.environment, KINDRED_HOST: "temporal" };
  const ended = await kindred(folder, elsewhere, [...link], onCluster);
  expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("matches.csv") });
  expect(resultsOf(join(folder, "out"))).toEqual(expected);
  const inCache = filesUnder(join(worker.folder, ".kindred", "blob-copies", "inputs"));
  expect(inCache.map((path) => path.split("/").at(-1)).sort()).toEqual(["a.csv", "b.csv", "people.csv", "text.md"]);
  const [pair] = expected["matches.csv"]?.split("\n").slice(1) ?? [];
  const [left = "", right = ""] = pair?.match(/[^,]+,[^,]+/g)?.map((name) => name.replace(",", ":")) ?? [];
  const decided = await kindred(folder, elsewhere, ["undo", left, right], onCluster);
  expect(decided, decided.stderr).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(folder, "out", "matches.csv"), "utf8")).not.toContain(pair);
  expect(readdirSync(folder).sort()).toEqual([".home", "a.csv", "b.csv", "out", "people.csv", "text.md"]);
});
