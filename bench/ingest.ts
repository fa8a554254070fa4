import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type FilmShape, filmShapes, wantedColumns, wantedShares, writeFilms } from "./gen-jsonl.ts";
import { reportBench } from "./lib/report.ts";
import { compareColumns, parseLines, projectLines, type Contender } from "./lib/json-contenders.ts";

/**
 * Nested JSON Lines to columns, against JSON.parse of the same file. Counted on both sides: CPU-seconds (user and system, all
 * threads) of a process of its own from opening the file to its last row, warmed up on a file of 20 MB. JSON.parse: reading, cutting
 * into lines, decoding, JSON.parse of each line, nothing else. Kindred: reading, cutting, checking every byte, and the wanted
 * columns as numbers of distinct UTF-8 texts, the reader that ingest uses. First every value of every column is
 * compared with JSON.parse's. Of three measurements by turns the least counts, on each side. How fast JSON.parse is depends on the
 * shape of what nobody wants: maps, on which the bar is judged, and lists of like objects are both shown (docs/decisions/0006).
 * node bench/ingest.ts [--megabytes 200] [--shape maps|lists] [--shares 10,50,90]
 */
const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "200" },
    shape: { type: "string" },
    shares: { type: "string", default: wantedShares.join(",") },
    as: { type: "string" },
    file: { type: "string" },
    warmup: { type: "string" },
  },
});

const turns = 3;

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

/** The least of several measurements of each contender, by turns. */
function measureAll(file: string, warmup: string): Readonly<Record<Contender, Measured>> {
  const once = (): Record<Contender, Measured> => ({
    parse: measure("parse", file, warmup),
    plain: measure("plain", file, warmup),
    kernel: measure("kernel", file, warmup),
  });
  const least = once();
  for (let turn = 1; turn < turns; turn++)
    for (const [contender, measured] of Object.entries(once()))
      if (measured.cpuSeconds < least[contender as Contender].cpuSeconds) least[contender as Contender] = measured;
  return least;
}

function measure(contender: Contender, file: string, warmup: string): Measured {
  const script = fileURLToPath(import.meta.url);
  const args = [script, "--as", contender, "--file", file, "--warmup", warmup];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Measured;
}

interface Case {
  readonly shape: FilmShape;
  readonly share: number;
}

/** Maps at every share and lists at 10 %, unless one shape is asked for. */
function casesOf(): readonly Case[] {
  const shares = values.shares.split(",").map(Number);
  const shapes = filmShapes.filter((shape) => values.shape === undefined || values.shape === shape);
  if (shapes.length === 0) throw new Error(`--shape ${values.shape}: there are ${filmShapes.join(", ")}`);
  return shapes.flatMap((shape) =>
    shares
      .filter((share) => shapes.length === 1 || shape === "maps" || share === 10)
      .map((share) => ({ shape, share })),
  );
}

/** Checks and measures one file; gives what was wrong. */
async function benchCase({ shape, share }: Case, folder: string, figures: Record<string, number>): Promise<string[]> {
  const warmup = join(folder, "warmup.jsonl");
  const file = join(folder, "films.jsonl");
  await writeFilms(warmup, { shape, wantedPercent: share, megabytes: 20, seed: 2 });
  await writeFilms(file, { shape, wantedPercent: share, megabytes: Number(values.megabytes) });
  const { wantedShare, rows, differences } = await compareColumns(file, wantedColumns);
  const megabytes = statSync(file).size / 1e6;
  const title = `${shape}, ${share} % wanted`;
  console.log(`${title}: ${rows} rows, ${megabytes.toFixed(0)} MB, ${(wantedShare * 100).toFixed(1)} % of the bytes`);
  const problems = differences.map((difference) => `${title}: ${difference}`);
  const measured = measureAll(file, warmup);
  for (const [contender, { cpuSeconds, rows: seen }] of Object.entries(measured)) {
    if (seen !== rows) problems.push(`${title}: ${contender} read ${seen} rows of ${rows}`);
    const ratio = measured.parse.cpuSeconds / cpuSeconds;
    console.log(
      `  ${contender.padEnd(7)} ${cpuSeconds.toFixed(2)} CPU-s  ${(megabytes / cpuSeconds).toFixed(0)} MB/s  ${ratio.toFixed(2)}x`,
    );
  }
  const name = shape === "maps" ? String(share) : `${share}Lists`;
  figures[`ratio${name}`] = measured.parse.cpuSeconds / measured.kernel.cpuSeconds;
  figures[`ratio${name}TypeScript`] = measured.parse.cpuSeconds / measured.plain.cpuSeconds;
  figures[`parseMegabytesPerSecond${name}`] = megabytes / measured.parse.cpuSeconds;
  figures[`kernelMegabytesPerSecond${name}`] = megabytes / measured.kernel.cpuSeconds;
  figures[`wantedShare${name}`] = wantedShare;
  figures[`rowsCompared${name}`] = rows;
  return problems;
}

async function bench(folder: string): Promise<void> {
  const figures: Record<string, number> = {};
  const problems: string[] = [];
  for (const each of casesOf()) problems.push(...(await benchCase(each, folder, figures)));
  reportBench("ingest", figures, { ratio10: 5, ratio10Lists: 5 }, problems);
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
