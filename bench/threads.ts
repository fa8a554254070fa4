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
 * are done where nothing else runs, of the whole command and of scoring. --large shows a task of a billion pairs beside it.
 * npm run bench:threads [-- --records 393000,314400] [--large]
 */
const { values } = parseArgs({
  options: { records: { type: "string", default: "393000,314400" }, large: { type: "boolean", default: false } },
});

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
  const { cpuSeconds, wallSeconds, wallByStep } = measured;
  const steps = Object.entries(wallByStep).map(([step, seconds]) => `${step} ${seconds.toFixed(1)}`);
  console.log(
    `${name}: ${cpuSeconds.toFixed(1)} CPU-s, ${wallSeconds.toFixed(1)} s wall, other load ${otherLoad.toFixed(2)} (wall: ${steps.join(", ")})`,
  );
  return { ...measured, otherLoad, bytes: bytes.join("") };
}

/** What two workers could give at best: tasks of a step side by side, each whole, and all that is one task as it is. */
function boundOfTwo({ wallSeconds, taskSecondsByStep }: Measured): number {
  let saved = 0;
  for (const seconds of Object.values(taskSecondsByStep)) {
    const total = seconds.reduce((sum, one) => sum + one, 0);
    saved += total - Math.max(total / 2, ...seconds);
  }
  return wallSeconds / (wallSeconds - saved);
}

/** Figures of one task; each name ends in `suffix`. */
async function compare(records: string, suffix: string): Promise<{ figures: Figures; problems: string[] }> {
  const [recordsA, recordsB] = records.split(",").map(Number) as [number, number];
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
    const figures: Figures = { [`boundOfTwoProcesses${suffix}`]: boundOfTwo(one) };
    const problems: string[] = [];
    for (const [name, other] of Object.entries({ Threads: threads, Processes: processes })) {
      if (other.bytes !== one.bytes) problems.push(`two ${name.toLowerCase()} give other bytes than one`);
      Object.assign(figures, figuresOf(one, other, `OfTwo${name}${suffix}`));
    }
    return { figures, problems };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figuresOf(one: Measured, two: Measured, name: string): Figures {
  const load = Math.max(one.otherLoad, two.otherLoad);
  const figures: Figures = { [`extraCpu${name}`]: two.cpuSeconds / one.cpuSeconds - 1, [`otherLoad${name}`]: load };
  if (load > otherLoadMax) {
    console.log(`speedUp${name}: not measurable, other load was ${load.toFixed(2)}`);
    return figures;
  }
  const matchOf = ({ wallByStep }: Measured): number => wallByStep.match ?? Number.NaN;
  figures[`speedUp${name}`] = one.wallSeconds / two.wallSeconds;
  figures[`speedUpOfMatch${name}`] = matchOf(one) / matchOf(two);
  return figures;
}

type Figures = Record<string, number>;

const { figures, problems } = await compare(values.records, "");
if (values.large) {
  const large = await compare("1310000,1048000", "Large");
  Object.assign(figures, large.figures);
  problems.push(...large.problems);
}
const [recordsA, recordsB] = values.records.split(",").map(Number) as [number, number];
const scoring = await scoringByThreads(madeFilms(recordsA, recordsB));
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
