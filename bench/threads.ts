import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { filmSource, filmTask } from "./lib/film-task.ts";
import { madeFilms } from "./lib/made-films.ts";
import { type MeasuredLink, measuredLink } from "./lib/measured-link.ts";
import { reportBench } from "./lib/report.ts";
import { scoringByThreads } from "./lib/scoring-by-threads.ts";

/**
 * Two threads and two processes beside one of each, on the film task: what more CPU they take, and how much sooner they
 * are done where nothing else runs. npm run bench:threads [-- --records 393000,314400]
 */
const { values } = parseArgs({ options: { records: { type: "string", default: "393000,314400" } } });

/** Wall time says nothing beside other work of more than so many cores. */
const otherLoadMax = 0.2;
const ticksPerSecond = 100;

interface Measured extends MeasuredLink {
  /** Cores that others kept busy meanwhile. */
  readonly otherLoad: number;
  readonly bytes: string;
}

/** Seconds that all cores were busy, since the machine began. */
function busySeconds(): number {
  const [user, nice, system, _idle, _wait, irq, softIrq] = (readFileSync("/proc/stat", "latin1").split("\n")[0] ?? "")
    .split(/\s+/)
    .slice(1)
    .map(Number) as [number, number, number, number, number, number, number];
  return (user + nice + system + irq + softIrq) / ticksPerSecond;
}

async function measure(folder: string, name: string, args: readonly string[]): Promise<Measured> {
  const before = busySeconds();
  const own = process.cpuUsage();
  const out = join(folder, name, "out");
  const measured = await measuredLink(join(folder, name, "home"), ["--out", out, "--no-graph", ...args]);
  const { user, system } = process.cpuUsage(own);
  const others = busySeconds() - before - measured.cpuSeconds - (user + system) / 1e6;
  const bytes = await Promise.all(
    ["matches.csv", "entities.csv", "model.json"].map((file) => readFile(join(out, file), "utf8")),
  );
  const otherLoad = Math.max(0, others / measured.wallSeconds);
  const { cpuSeconds, wallSeconds, cpuByStep } = measured;
  console.log(
    `${name}: ${cpuSeconds.toFixed(1)} CPU-s (count ${cpuByStep.count?.toFixed(1)}, match ${cpuByStep.match?.toFixed(1)}), ${wallSeconds.toFixed(1)} s wall, other load ${otherLoad.toFixed(2)}`,
  );
  return { ...measured, otherLoad, bytes: bytes.join("") };
}

const [recordsA, recordsB] = values.records.split(",").map(Number) as [number, number];
const prefix = madeFilms(recordsA, recordsB);
const folder = await mkdtemp(join(tmpdir(), "kindred-threads-"));
try {
  const file = join(folder, "config.json");
  const kept = { keepWeight: 0, reviewThreshold: 0.5, blockPairsMax: Number.MAX_SAFE_INTEGER };
  const sources = ["a", "b"].map((name) => filmSource(name, `${prefix}_${name}.parquet`));
  await writeFile(file, JSON.stringify({ sources, linkage: { film: { ...filmTask, ...kept } } }));
  const run = (name: string, ...args: readonly string[]): Promise<Measured> =>
    measure(folder, name, ["--config", file, ...args]);
  const one = await run("one thread", "--workers", "1");
  const threads = await run("two threads", "--workers", "2", "--threads", "2");
  const processes = await run("two processes", "--workers", "2");
  const figures: Record<string, number> = {};
  const problems: string[] = [];
  for (const [name, other] of Object.entries({ Threads: threads, Processes: processes })) {
    if (other.bytes !== one.bytes) problems.push(`two ${name.toLowerCase()} give other bytes than one`);
    figures[`extraCpuOfTwo${name}`] = other.cpuSeconds / one.cpuSeconds - 1;
    const load = Math.max(one.otherLoad, other.otherLoad);
    figures[`otherLoadBesideTwo${name}`] = load;
    if (load <= otherLoadMax) figures[`speedUpOfTwo${name}`] = one.wallSeconds / other.wallSeconds;
    else console.log(`wall speed-up of two ${name.toLowerCase()}: not measurable, other load was ${load.toFixed(2)}`);
  }
  const scoring = await scoringByThreads(prefix);
  figures.pairs = scoring.pairs;
  figures.extraCpuOfScoringByTwoThreads = scoring.two / scoring.one - 1;
  console.log(
    `scoring alone, ${scoring.pairs} pairs three times: one thread ${scoring.one.toFixed(2)} CPU-s, two ${scoring.two.toFixed(2)}`,
  );
  const bars = {
    extraCpuOfScoringByTwoThreads: 0.1,
    extraCpuOfTwoThreads: 0.1,
    extraCpuOfTwoProcesses: 0.1,
    speedUpOfTwoThreads: 1.8,
    speedUpOfTwoProcesses: 1.8,
  };
  reportBench("threads", figures, bars, problems);
} finally {
  await rm(folder, { recursive: true, force: true });
}
