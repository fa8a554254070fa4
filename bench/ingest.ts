import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { wantedColumns, wantedShares, writeFilms } from "./gen-jsonl.ts";
import { reportBench } from "./lib/report.ts";
import { compareColumns, parseLines, projectLines, type Contender } from "./lib/json-contenders.ts";

/**
 * Nested JSON Lines to columns, against JSON.parse of the same file. Counted on both sides: CPU-seconds (user and system, all
 * threads) of a process of its own from opening the file to its last row, warmed up on a file of 20 MB. JSON.parse: reading, cutting
 * into lines, decoding, JSON.parse of each line, nothing else. Kindred: reading, cutting, checking every byte, and the wanted
 * columns as numbers of distinct UTF-8 texts, the reader that ingest uses. First every value of every column is
 * compared with JSON.parse's.
 * node bench/ingest.ts [--megabytes 200] [--shares 10,50,90]
 */
const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "200" },
    shares: { type: "string", default: wantedShares.join(",") },
    as: { type: "string" },
    file: { type: "string" },
    warmup: { type: "string" },
  },
});

const contenders: Readonly<Record<Contender, (file: string) => Promise<number>>> = {
  parse: parseLines,
  plain: (file) => projectLines(file, wantedColumns, "plain"),
  kernel: (file) => projectLines(file, wantedColumns, "kernel"),
};

interface Measured {
  readonly rows: number;
  readonly cpuSeconds: number;
}

async function measureHere(contender: Contender, file: string, warmup: string): Promise<Measured> {
  await contenders[contender](warmup);
  const before = process.cpuUsage();
  const rows = await contenders[contender](file);
  const { user, system } = process.cpuUsage(before);
  return { rows, cpuSeconds: (user + system) / 1e6 };
}

function measure(contender: Contender, file: string, warmup: string): Measured {
  const script = fileURLToPath(import.meta.url);
  const args = [script, "--as", contender, "--file", file, "--warmup", warmup];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Measured;
}

async function bench(folder: string): Promise<void> {
  const figures: Record<string, number> = {};
  const problems: string[] = [];
  const warmup = join(folder, "warmup.jsonl");
  const file = join(folder, "films.jsonl");
  for (const share of values.shares.split(",").map(Number)) {
    await writeFilms(warmup, share, 20, 2);
    await writeFilms(file, share, Number(values.megabytes));
    const { wantedShare, rows, differences } = await compareColumns(file, wantedColumns);
    problems.push(...differences.map((difference) => `${share} % wanted: ${difference}`));
    const megabytes = statSync(file).size / 1e6;
    console.log(
      `${share} % wanted: ${rows} rows, ${megabytes.toFixed(0)} MB, ${(wantedShare * 100).toFixed(1)} % of the bytes`,
    );
    const measured = {
      parse: measure("parse", file, warmup),
      plain: measure("plain", file, warmup),
      kernel: measure("kernel", file, warmup),
    };
    for (const [contender, { cpuSeconds, rows: seen }] of Object.entries(measured)) {
      if (seen !== rows) problems.push(`${share} % wanted: ${contender} read ${seen} rows of ${rows}`);
      const ratio = measured.parse.cpuSeconds / cpuSeconds;
      console.log(
        `  ${contender.padEnd(7)} ${cpuSeconds.toFixed(2)} CPU-s  ${(megabytes / cpuSeconds).toFixed(0)} MB/s  ${ratio.toFixed(2)}x`,
      );
    }
    figures[`ratio${share}`] = measured.parse.cpuSeconds / measured.kernel.cpuSeconds;
    figures[`ratio${share}TypeScript`] = measured.parse.cpuSeconds / measured.plain.cpuSeconds;
    figures[`parseMegabytesPerSecond${share}`] = megabytes / measured.parse.cpuSeconds;
    figures[`kernelMegabytesPerSecond${share}`] = megabytes / measured.kernel.cpuSeconds;
    figures[`wantedShare${share}`] = wantedShare;
    figures[`rowsCompared${share}`] = rows;
  }
  reportBench("ingest", figures, { ratio10: 5 }, problems);
}

if (values.as !== undefined && values.file !== undefined && values.warmup !== undefined) {
  console.log(JSON.stringify(await measureHere(values.as as Contender, values.file, values.warmup)));
} else {
  const folder = await mkdtemp(join(tmpdir(), "kindred-bench-ingest-"));
  try {
    await bench(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
