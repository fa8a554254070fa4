import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { seededRandom } from "../src/base/index.ts";

/**
 * Peak memory of all processes while `kindred plan` reads JSON Lines of growing size: it must not grow with them.
 * node bench/stream-memory.ts [--megabytes 100,1000]
 */
const { values } = parseArgs({ options: { megabytes: { type: "string", default: "100,1000" } } });
const bin = fileURLToPath(new URL("../bin/kindred", import.meta.url));
const sampleMs = 100;

/** Records of about 2.5 kB, most of it a nested blob that nobody asks for: the same bytes each time. */
function* lines(megabytes: number): Generator<string> {
  const random = seededRandom(1);
  const blob = { credits: Array.from({ length: 40 }, (_, i) => ({ role: `role ${i}`, note: "x".repeat(30) })) };
  for (let written = 0, i = 0; written < megabytes * 1e6; i++) {
    const record = {
      id: i,
      title: `Film ${random.integer(1e9).toString(36)} ${i}`,
      year: 1950 + random.integer(70),
      blob,
    };
    const line = `${JSON.stringify(record)}\n`;
    written += line.length;
    yield line;
  }
}

/** Proportional set size of a process and all below it, in MiB. */
async function treeMebibytes(pid: number): Promise<number> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  let sum = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
  for (const task of tasks) {
    const children = await readFile(`/proc/${pid}/task/${task}/children`, "utf8").catch(() => "");
    for (const child of children.split(" ").filter(Boolean)) sum += await treeMebibytes(Number(child));
  }
  return sum;
}

async function peakOf(folder: string, megabytes: number): Promise<number> {
  const file = join(folder, `films-${megabytes}.jsonl`);
  await pipeline(lines(megabytes), createWriteStream(file));
  const env = { ...process.env, KINDRED_HOME: join(folder, `home-${megabytes}`) };
  const child = spawn(process.execPath, [bin, "plan", file], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  let peak = 0;
  let exitCode: number | null | undefined;
  child.once("close", (code) => {
    exitCode = code;
  });
  while (exitCode === undefined) {
    peak = Math.max(peak, await treeMebibytes(child.pid as number));
    await wait(sampleMs);
  }
  if (exitCode !== 0) throw new Error(`kindred plan ended with ${exitCode}`);
  await rm(file);
  return peak;
}

const folder = await mkdtemp(join(tmpdir(), "kindred-memory-"));
const figures: Record<string, number> = {};
try {
  for (const megabytes of values.megabytes.split(",").map(Number)) {
    figures[`${megabytes} MB peak MiB`] = Math.round(await peakOf(folder, megabytes));
    console.log(`${megabytes} MB of JSON Lines: ${figures[`${megabytes} MB peak MiB`]} MiB over all processes`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(JSON.stringify({ bench: "stream-memory", figures }));
