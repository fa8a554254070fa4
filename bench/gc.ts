import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openRuns } from "../src/flow/index.ts";
import { FolderStore } from "../src/flow/store/folder-store.ts";
import { blobPath, type MadeHome, makeHome } from "./gc/made-home.ts";
import { measured } from "./lib/measured.ts";
import { reportBench } from "./lib/report.ts";

/**
 * What `kindred gc` costs in a home (SQLite and a folder of blobs) of which half is to go; what stays is read to the last blob, and of
 * what is to go nothing may be left.
 * npm run bench:gc [-- --runs 1000 --tasks 20000]
 */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "1000" }, tasks: { type: "string", default: "20000" } },
});
const [runs, tasks] = [Number(values.runs), Number(values.tasks)];
const command = fileURLToPath(new URL("../bin/kindred", import.meta.url));
const bars = { cpuSeconds: 10, peakMebibytes: 300 };

/** What of a home is not as it has to be after a collection. */
async function problemsOf(home: string, { staying, going, goingBlobs }: MadeHome): Promise<string[]> {
  const problems: string[] = [];
  const [reader, store] = [await openRuns(home), new FolderStore(join(home, "blobs"))];
  const left = new Set((await reader.list({ limit: runs })).map(({ run }) => run));
  for (const run of going) {
    if (left.has(run)) problems.push(`run ${run} was to go`);
    if (existsSync(join(home, "logs", run))) problems.push(`the log of run ${run} was to go`);
  }
  for (const ref of goingBlobs)
    if (existsSync(blobPath(join(home, "blobs"), ref))) problems.push(`blob ${ref.blob} was to go`);
  for (const [run, refs] of staying) {
    if (!left.has(run)) problems.push(`run ${run} was to stay`);
    const record = await reader.read(run);
    if (record.steps[0]?.tasks.length !== Math.ceil(tasks / runs)) problems.push(`run ${run} lost tasks`);
    if ((await reader.logs(run)).every(({ text }) => text === "")) problems.push(`run ${run} lost its log`);
    for (const ref of refs)
      await store.get(ref).catch((error: unknown) => problems.push(`run ${run} lost a blob: ${error}`));
  }
  await reader.close();
  return problems.slice(0, 20);
}

const folder = mkdtempSync(join(tmpdir(), "kindred-bench-gc-"));
const home = join(folder, ".kindred");
const database = join(home, "runs.sqlite");
try {
  const made = await makeHome(home, runs, Math.ceil(tasks / runs));
  const databaseMb = (): number => statSync(database).size / 1e6;
  const before = databaseMb();
  const gc = async (...flags: string[]) => {
    const done = await measured(command, ["gc", ...flags], { memory: true, folder });
    if (done.exitCode !== 0) throw new Error(`kindred gc failed: ${done.printed}`);
    return done;
  };
  const dry = await gc("--dry-run");
  const real = await gc();
  const again = await gc();
  const problems = await problemsOf(home, made);
  const figures = {
    cpuSeconds: real.cpuSeconds,
    wallSeconds: real.wallSeconds,
    peakMebibytes: real.peakMebibytes,
    dryRunCpuSeconds: dry.cpuSeconds,
    nothingToDoCpuSeconds: again.cpuSeconds,
    databaseMbBefore: before,
    databaseMbAfter: databaseMb(),
    blobsRemoved: made.goingBlobs.length,
    runsRemoved: made.going.length,
  };
  console.log(
    `${runs} runs of ${tasks} tasks, half to go: ${real.cpuSeconds.toFixed(2)} CPU-s, ${real.wallSeconds.toFixed(1)} s, ${Math.round(real.peakMebibytes)} MiB`,
  );
  reportBench("gc", figures, bars, problems);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
