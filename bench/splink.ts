import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { columnOf, decodeTable, type Table, textAt } from "../src/columns/index.ts";
import { memoryFlags } from "../src/flow/workers/pool/worker-handle.ts";
import { bundle } from "../scripts/bundle.ts";
import { halfOf } from "../src/linkage/index.ts";
import { type CalibratedOnEven, calibratedOnEven } from "./lib/calibrated-on-even.ts";
import { dataFolder } from "./lib/film-catalogues.ts";
import type { FilmRun } from "./lib/film-run.ts";
import { peersRoot } from "./lib/peers.ts";
import { readParquet } from "./lib/read-parquet.ts";
import { reportBench } from "./lib/report.ts";

/**
 * Kindred beside Splink on the film task of shared/peers/splink, both on one thread in one run of this script, which sets
 * Splink up by itself: npm run bench:splink. Times are compared only after pairs, matches and weights were found equal.
 */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const cache = join(tmpdir(), "kindred-bench-splink");
const python = join(cache, "venv/bin/python");
const data = join(cache, "m150k");
/** The packages of shared/peers/splink/README.md. */
const packages = ["splink==5.0.0", "duckdb==2.0.0", "pyarrow", "polars", "pandas"];

/** What bench/peers/run_splink.py prints. */
interface SplinkRun {
  readonly version: string;
  readonly pairs: number;
  readonly steps: Readonly<Record<"load" | "train" | "block" | "score", number>>;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly maxRssMb: number;
}

function setUp(): void {
  mkdirSync(cache, { recursive: true });
  const run = (command: string, args: readonly string[]): void => {
    execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  };
  if (!existsSync(python)) run("python3", ["-m", "venv", join(cache, "venv")]);
  run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
  if (!existsSync(`${data}_truth.parquet`))
    run(python, [join(peersRoot, "splink/gen_movies.py"), "--data", dataFolder, "--out", data]);
}

async function bundleRun(): Promise<void> {
  rmSync(bundled, { recursive: true, force: true });
  await bundle({ "film-run": here("lib/film-run.ts") }, bundled);
}

function runSplink(variant: "std" | "hoist"): SplinkRun {
  const printed = execFileSync(python, [here("peers/run_splink.py"), variant, data, cache], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(printed.trimEnd().split("\n").at(-1) as string) as SplinkRun;
}

/** The run is bundled as the package is, compiled code is kept between runs as bin/run.js does, Node's flags are a worker's. */
const compiled = here("../node_modules/.cache/kindred/compiled");
const bundled = here("../node_modules/.cache/kindred/bench");

function runKindred(out: string, ...args: readonly string[]): FilmRun {
  const script = join(bundled, "film-run.js");
  const own = [...memoryFlags, script, "--data", data, "--out", join(cache, out), ...args];
  const printed = execFileSync(process.execPath, own, {
    encoding: "utf8",
    env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compiled },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(printed) as FilmRun;
}

const fileOf = (name: string): Table => decodeTable(readFileSync(join(cache, name)));

/** The weights of pairs at or above even odds, by `left right`, of records whose texts are ASCII. */
function weightsOf(table: Table, isAscii: (pair: string) => boolean): Map<string, number> {
  const weight = columnOf(table, "weight", "number").values;
  const weights = new Map<string, number>();
  for (const [row, pair] of pairsOf(table).entries())
    if ((weight[row] as number) >= 0 && isAscii(pair)) weights.set(pair, weight[row] as number);
  return weights;
}

function pairsOf(table: Table): string[] {
  const [left, right] = [columnOf(table, "left_id", "text"), columnOf(table, "right_id", "text")];
  return Array.from({ length: table.rowCount }, (_, row) => `${textAt(left, row)} ${textAt(right, row)}`);
}

async function splinkWeights(variant: string, isAscii: (pair: string) => boolean): Promise<Map<string, number>> {
  const rows = await readParquet(join(cache, `${variant}-pairs.parquet`));
  const weights = new Map<string, number>();
  for (const row of rows) {
    const ids = [String(row.unique_id_l), String(row.unique_id_r)].sort().map((id) => id.slice(1));
    const pair = ids.join(" ");
    if (isAscii(pair)) weights.set(pair, Number(row.match_weight));
  }
  return weights;
}

/** Splink's Jaro-Winkler counts bytes and ours symbols, so that weights can be equal only for ASCII texts. */
async function asciiPairs(): Promise<(pair: string) => boolean> {
  const plain = /^\p{ASCII}*$/u;
  const sides = await Promise.all(
    ["a", "b"].map(async (side) => {
      const rows = await readParquet(`${data}_${side}.parquet`);
      const ascii = rows.filter((row) => plain.test(`${row.title ?? ""}${row.director ?? ""}`));
      return new Set(ascii.map((row) => String(row.id)));
    }),
  );
  return (pair) => pair.split(" ").every((id, side) => sides[side]?.has(id));
}

/** The problems found, empty when matches and weights are equal. */
async function compareWeights(table: Table): Promise<string[]> {
  const isAscii = await asciiPairs();
  const [own, theirs] = [weightsOf(table, isAscii), await splinkWeights("hoist", isAscii)];
  let [missing, apart] = [0, 0];
  for (const [pair, weight] of theirs) {
    const ownWeight = own.get(pair);
    if (ownWeight === undefined) missing++;
    else apart = Math.max(apart, Math.abs(ownWeight - weight));
  }
  const more = own.size - (theirs.size - missing);
  console.log(
    `with Splink's m and u, ASCII records: ${theirs.size} pairs at .5 or more by Splink, ${missing} missing, ${more} more by Kindred; weights at most ${apart.toExponential(1)} apart`,
  );
  return missing + more > 0 || apart > 1e-6 ? ["matches or weights differ from Splink's with Splink's m and u"] : [];
}

async function readTruePairs(): Promise<ReadonlySet<string>> {
  const truth = await readParquet(`${data}_truth.parquet`);
  return new Set(truth.map((row) => Object.values(row).join(" ")));
}

/** Calibration, learnt on the pairs of half of the left records, measured on those of the others. */
function calibrationOf(table: Table, known: ReadonlySet<string>): CalibratedOnEven {
  const weight = columnOf(table, "weight", "number").values;
  return calibratedOnEven(
    pairsOf(table).map((pair, row) => {
      const left = pair.slice(0, pair.indexOf(" "));
      return { half: halfOf(left), weight: weight[row] as number, match: known.has(pair), unit: Number(left) };
    }),
  );
}

function truthScores(table: Table, known: ReadonlySet<string>): { precision: number; recall: number; f1: number } {
  const outcome = columnOf(table, "outcome", "text");
  const found = pairsOf(table).filter((_, row) => textAt(outcome, row) === "match");
  const right = found.filter((pair) => known.has(pair)).length;
  return { precision: right / found.length, recall: right / known.size, f1: (2 * right) / (found.length + known.size) };
}

/** What is wrong with the output of the runs, empty when they agree with each other and with Splink. */
async function problemsOf(peers: PeerRuns, { wasm, plain }: OwnRuns): Promise<string[]> {
  const problems = [wasm, plain].some((run) => run.pairs !== peers.std.pairs || run.pairs !== peers.hoist.pairs)
    ? [`candidate pairs: Splink ${peers.std.pairs} and ${peers.hoist.pairs}, Kindred ${wasm.pairs} and ${plain.pairs}`]
    : [];
  if (!readFileSync(join(cache, "wasm.arrow")).equals(readFileSync(join(cache, "plain.arrow"))))
    problems.push("WebAssembly and TypeScript give different matches");
  return [...problems, ...(await compareWeights(fileOf("weights.arrow")))];
}

type PeerRuns = Readonly<Record<"std" | "hoist", SplinkRun>>;
type OwnRuns = Readonly<Record<"wasm" | "plain", FilmRun>>;

/** CPU seconds of blocking and scoring, and of all from the files to the matches. */
interface Spent {
  readonly scoring: number;
  readonly whole: number;
}

function spentBySplink({ steps }: SplinkRun): Spent {
  const scoring = steps.block + steps.score;
  return { scoring, whole: steps.load + steps.train + scoring };
}

function spentByKindred({ steps }: FilmRun): Spent {
  const sum = (names: readonly string[]): number => names.reduce((seconds, name) => seconds + (steps[name] ?? 0), 0);
  return { scoring: sum(["block", "open", "score"]), whole: sum(Object.keys(steps)) };
}

function printRun(name: string, { steps, maxRssMb }: Pick<FilmRun, "steps" | "maxRssMb">, spent: Spent): void {
  console.log(
    `${name}: ${JSON.stringify(steps)}, blocking and scoring ${spent.scoring.toFixed(2)}, whole ${spent.whole.toFixed(2)}, ${maxRssMb.toFixed(0)} MB`,
  );
}

/** Prints every run, and gives how many times more the faster Splink spent. */
function compareSpent(peers: PeerRuns, own: OwnRuns): Readonly<Record<keyof OwnRuns, Spent>> {
  const spent = [peers.std, peers.hoist].map(spentBySplink) as [Spent, Spent];
  const fastest = {
    scoring: Math.min(...spent.map(({ scoring }) => scoring)),
    whole: Math.min(...spent.map(({ whole }) => whole)),
  };
  console.log(`\n${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`);
  console.log(`${own.wasm.pairs} candidate pairs; CPU seconds on one thread`);
  printRun(`Splink std, F1 ${peers.std.f1.toFixed(4)}`, peers.std, spent[0]);
  printRun(`Splink hoist, F1 ${peers.hoist.f1.toFixed(4)}`, peers.hoist, spent[1]);
  const leastMb = Math.min(peers.std.maxRssMb, peers.hoist.maxRssMb);
  const ratiosOf = (name: string, run: FilmRun): Spent => {
    const ownSpent = spentByKindred(run);
    printRun(`Kindred ${name}`, run, ownSpent);
    const ratios = { scoring: fastest.scoring / ownSpent.scoring, whole: fastest.whole / ownSpent.whole };
    console.log(
      `  against the faster Splink: blocking and scoring ${ratios.scoring.toFixed(1)}x, whole ${ratios.whole.toFixed(1)}x, memory ${(leastMb / run.maxRssMb).toFixed(1)}x less`,
    );
    return ratios;
  };
  return { wasm: ratiosOf("WebAssembly", own.wasm), plain: ratiosOf("TypeScript", own.plain) };
}

function printQuality(scores: ReturnType<typeof truthScores>, { asTrained, calibrated }: CalibratedOnEven): void {
  const { low = 0, high = 1 } = calibrated.calibrationInterval ?? {};
  console.log(
    `Kindred: precision ${scores.precision.toFixed(4)}, recall ${scores.recall.toFixed(4)}, F1 ${scores.f1.toFixed(4)}`,
  );
  console.log(
    `calibration error over ${calibrated.calibrationPairs} pairs of .01 to .99: ${asTrained.calibrationError.toFixed(3)} as trained without labels, ${calibrated.calibrationError.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}] calibrated on the other half`,
  );
}

async function main(): Promise<void> {
  setUp();
  await bundleRun();
  const peers = { std: runSplink("std"), hoist: runSplink("hoist") };
  runKindred("weights.arrow", "--weights", join(cache, "hoist-model.json"));
  const own = { wasm: runKindred("wasm.arrow"), plain: runKindred("plain.arrow", "--engine", "plain") };
  runKindred("open.arrow", "--keep-weight=-10");
  const problems = await problemsOf(peers, own);
  const known = await readTruePairs();
  const scores = truthScores(fileOf("wasm.arrow"), known);
  const calibration = calibrationOf(fileOf("open.arrow"), known);
  const ratios = compareSpent(peers, own);
  printQuality(scores, calibration);
  reportBench(
    "splink",
    {
      pairs: own.wasm.pairs,
      scoringRatioWasm: ratios.wasm.scoring,
      scoringRatioTypeScript: ratios.plain.scoring,
      wholeRatio: ratios.wasm.whole,
      kernelPairsPerCpuSecond: own.wasm.pairs / (own.wasm.steps.score as number),
      maxRssMb: own.wasm.maxRssMb,
      f1: scores.f1,
      calibrationErrorAsTrained: calibration.asTrained.calibrationError,
      calibrationError: calibration.calibrated.calibrationError,
    },
    {
      scoringRatioWasm: 20,
      scoringRatioTypeScript: 8,
      wholeRatio: 11,
      maxRssMb: 300,
      f1: 0.983,
      calibrationError: 0.03,
    },
    problems,
  );
}

await main();
