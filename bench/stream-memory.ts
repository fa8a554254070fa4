import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { seededRandom } from "../src/base/index.ts";
import { treeMebibytes } from "./lib/measured.ts";
import { reportBench } from "./lib/report.ts";

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

/** The same lines, counted as they go. */
function* counted(all: Generator<string>, count: { lines: number }): Generator<string> {
  for (const line of all) {
    count.lines++;
    yield line;
  }
}

/** What the plan has to say of the file: every record, and its title and year in every one. */
function checkPlan(stdout: string, lineCount: number, megabytes: number): string[] {
  const [source] = (JSON.parse(stdout) as { sources: PlannedSource[] }).sources;
  const filled = (name: string) => source?.fields.find(({ field }) => field === name)?.filledPercent;
  return source?.rowCount === lineCount && filled("title") === 100 && filled("year") === 100
    ? []
    : [
        `the plan of ${megabytes} MB has ${source?.rowCount} records of ${lineCount}, or not all their titles and years`,
      ];
}

interface PlannedSource {
  readonly rowCount: number;
  readonly fields: readonly { readonly field: string; readonly filledPercent: number }[];
}

async function peakOf(folder: string, megabytes: number): Promise<{ peak: number; problems: string[] }> {
  const file = join(folder, `films-${megabytes}.jsonl`);
  const count = { lines: 0 };
  await pipeline(counted(lines(megabytes), count), createWriteStream(file));
  const env = { ...process.env, KINDRED_HOME: join(folder, `home-${megabytes}`) };
  const child = spawn(process.execPath, [bin, "plan", file, "--json"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
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
  return { peak, problems: checkPlan(stdout, count.lines, megabytes) };
}

const folder = await mkdtemp(join(tmpdir(), "kindred-memory-"));
const figures: Record<string, number> = {};
const problems: string[] = [];
try {
  for (const megabytes of values.megabytes.split(",").map(Number)) {
    const found = await peakOf(folder, megabytes);
    problems.push(...found.problems);
    figures[`${megabytes} MB peak MiB`] = Math.round(found.peak);
    console.log(`${megabytes} MB of JSON Lines: ${figures[`${megabytes} MB peak MiB`]} MiB over all processes`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
reportBench("stream-memory", figures, {}, problems);
