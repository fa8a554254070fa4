import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { KindredConfig } from "../src/index.ts";
import type { LinkageSettings } from "../src/linkage/index.ts";
import { countPairs, queryDuckdb } from "./lib/duckdb.ts";
import { dataFolder } from "./lib/film-catalogues.ts";
import { filmSource, filmTask } from "./lib/film-task.ts";
import { madeFilms } from "./lib/made-films.ts";
import { type MeasuredLink, measuredLink } from "./lib/measured-link.ts";
import { reportBench } from "./lib/report.ts";

/**
 * One billion candidate pairs in one run of `kindred link`, all real catalogues under wide rules beside it, and growth from
 * 0.1 M to 1 M records at equal block sizes. Pairs are counted independently by DuckDB, matches held to the truth.
 * npm run bench:billion [-- --scale .1 (of the records of the first) --only made,real,growth --workers 2]
 */
const { values: options } = parseArgs({
  options: {
    scale: { type: "string", default: "1" },
    only: { type: "string", default: "made,real,growth" },
    workers: { type: "string", default: "2" },
  },
});

/** A linkage to measure: a configuration, and SQL that says how many pairs its rules make. */
interface Task {
  readonly name: string;
  readonly config: KindredConfig;
  readonly pairs: Promise<number>;
  /** Pairs of ids that match, as a Parquet file of columns `a` and `b`. */
  readonly truth?: string;
}

interface Outcome extends MeasuredLink {
  readonly pairs: number;
  readonly precision: number;
  readonly recall: number;
}

const problems: string[] = [];
/** Only pairs that match are kept, and no block is too large. */
const kept = { keepWeight: 0, reviewThreshold: 0.5, blockPairsMax: Number.MAX_SAFE_INTEGER };

async function run({ name, config, pairs: expected, truth }: Task): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "kindred-billion-"));
  try {
    const file = join(folder, "config.json");
    writeFileSync(file, JSON.stringify(config));
    const out = join(folder, "out");
    const args = ["--config", file, "--out", out, "--no-graph", "--workers", options.workers];
    const measured = await measuredLink(join(folder, "home"), args);
    const { types } = JSON.parse(readFileSync(join(out, "model.json"), "utf8")) as {
      readonly types: Record<string, { readonly rules: readonly { readonly pairs: number }[] }>;
    };
    const pairs = Object.values(types).reduce(
      (sum, { rules }) => sum + rules.reduce((all, rule) => all + rule.pairs, 0),
      0,
    );
    if (pairs !== (await expected)) problems.push(`${name}: ${pairs} pairs, and DuckDB counts ${await expected}`);
    const scores = truth === undefined ? { precision: Number.NaN, recall: Number.NaN } : await scoresOf(out, truth);
    print(name, { ...measured, pairs, ...scores });
    return { ...measured, pairs, ...scores };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scoresOf(out: string, truth: string): Promise<{ precision: number; recall: number }> {
  const matches = `read_csv('${join(out, "matches.csv")}', all_varchar = true)`;
  const [row] = await queryDuckdb(
    `select (select count(*) from ${matches}) as found, (select count(*) from '${truth}') as known,
     (select count(*) from ${matches} m join '${truth}' t on m.left_id = t.a::varchar and m.right_id = t.b::varchar) as right_ones`,
  );
  const [found, known, right] = [Number(row?.found), Number(row?.known), Number(row?.right_ones)];
  return { precision: right / found, recall: right / known };
}

function print(name: string, { pairs, cpuSeconds, wallSeconds, cpuByStep, peakMebibytes, ...scores }: Outcome): void {
  const steps = Object.entries(cpuByStep).map(([step, seconds]) => `${step} ${seconds.toFixed(1)}`);
  console.log(
    `${name}: ${pairs.toLocaleString("en")} pairs, ${cpuSeconds.toFixed(1)} CPU-s of all processes (${steps.join(", ")}), ` +
      `${wallSeconds.toFixed(0)} s wall, ${(pairs / cpuSeconds / 1e6).toFixed(2)} M pairs a CPU-s, ${peakMebibytes} MiB` +
      (Number.isNaN(scores.recall)
        ? ""
        : `, precision ${scores.precision.toFixed(4)}, recall ${scores.recall.toFixed(4)}`),
  );
}

/** The records of the film task as DuckDB reads them, with the keys of its three rules. */
function filmKeys(prefix: string): string {
  const side = (name: string): string =>
    `select '${name}' as source, year || ' ' || substr(lower(title), 1, 2) as k1, lower(director) as k2, lower(title) as k3 from '${prefix}_${name}.parquet'`;
  return `${side("a")} union all ${side("b")}`;
}

function madeTask(recordsA: number, recordsB: number): Task {
  const prefix = madeFilms(recordsA, recordsB);
  return {
    name: `made catalogues of ${recordsA.toLocaleString("en")} and ${recordsB.toLocaleString("en")} films`,
    config: {
      sources: ["a", "b"].map((name) => filmSource(name, `${prefix}_${name}.parquet`)),
      linkage: { film: { ...filmTask, ...kept } },
    },
    pairs: countPairs(filmKeys(prefix), ["k1", "k2", "k3"]),
    truth: `${prefix}_truth.parquet`,
  };
}

const catalogues = [
  "movielens",
  "imdb5000",
  "imdb2018",
  "wikipedia",
  "netflix_titles",
  "disney_plus_titles",
  "hulu_titles",
];

/** Wide rules: the same year; the same first letter of the title. */
function realTask(): Task {
  const text = { kind: "text", list: false, asWritten: true } as const;
  const list = { kind: "category", list: true, separator: "|", asWritten: true } as const;
  const columns = { title: text, year: text, directors: list, cast: list };
  const path = (name: string): string => join(dataFolder, "movies", `${name}.csv`);
  const wide: Partial<LinkageSettings> = {
    rules: [
      { name: "year", keys: [{ field: "year", maker: "text" }] },
      { name: "first letter of the title", keys: [{ field: "title", maker: "start", length: 1, letters: "lower" }] },
    ],
    comparisons: [
      { field: "title", kind: "jaroWinkler", letters: "lower", thresholds: [0.8, 0.88, 0.95] },
      { field: "year", kind: "exact" },
      { field: "directors", kind: "intersection", thresholds: [1, 3] },
      { field: "cast", kind: "intersection", thresholds: [1, 3] },
    ],
    levelField: null,
  };
  const ignore = ["kind", "genres", "runtime", "countries", "language", "rating", "description"];
  const side = (name: string): string =>
    `select '${name}' as source, year as k1, substr(lower(title), 1, 1) as k2 from read_csv('${path(name)}', all_varchar = true, header = true, quote = '"', escape = '"')`;
  return {
    name: "seven real catalogues under wide rules (same year; same first letter of the title)",
    config: {
      sources: catalogues.map((name) => ({
        name,
        path: path(name),
        entityType: "film",
        id: "id",
        fields: columns,
        ignore: [...ignore, ...(name === "wikipedia" ? ["href"] : ["imdb_id", "tmdb_id"])],
        placeholders: [],
        people: [],
      })),
      linkage: { film: { ...wide, ...kept } },
    },
    pairs: countPairs(catalogues.map(side).join(" union all "), ["k1", "k2"]),
  };
}

/** The same catalogues `copies` times over, each copy a universe of its own, so that blocks stay as large as they are. */
async function universesTask(folder: string, copies: number): Promise<Task> {
  const one = madeFilms(55_000, 45_000);
  const prefix = join(folder, `universes-${copies}`);
  for (const side of ["a", "b"])
    await queryDuckdb(
      `copy (select id || '-' || u as id, 'u' || u as universe, title, year, director, actors from '${one}_${side}.parquet', range(${copies}) r(u)) to '${prefix}_${side}.parquet'`,
    );
  await queryDuckdb(
    `copy (select a || '-' || u as a, b || '-' || u as b from '${one}_truth.parquet', range(${copies}) r(u)) to '${prefix}_truth.parquet'`,
  );
  const universe = { field: "universe", maker: "text" } as const;
  const rules = filmTask.rules.map(({ name, keys }) => ({ name, keys: [universe, ...keys] }));
  const records = filmKeys(one);
  return {
    name: `${(copies * 0.1).toFixed(1)} M records in ${copies} universes`,
    config: {
      sources: ["a", "b"].map((name) => {
        const { ignore: _none, ...source } = filmSource(name, `${prefix}_${name}.parquet`);
        return { ...source, fields: { ...source.fields, universe: { kind: "text", list: false, asWritten: true } } };
      }),
      linkage: { film: { ...filmTask, rules, ...kept } },
    },
    pairs: countPairs(records, ["k1", "k2", "k3"]).then((pairs) => pairs * copies),
    truth: `${prefix}_truth.parquet`,
  };
}

const figures: Record<string, number> = {};
const only = new Set(options.only.split(","));
if (only.has("made")) {
  const scale = Number(options.scale);
  const made = await run(madeTask(Math.round(1_310_000 * scale), Math.round(1_048_000 * scale)));
  Object.assign(figures, {
    pairs: made.pairs,
    cpuSeconds: made.cpuSeconds,
    peakMebibytes: made.peakMebibytes,
    pairsPerCpuSecond: made.pairs / made.cpuSeconds,
    precision: made.precision,
    recall: made.recall,
  });
  if (!(made.precision > 0.95 && made.recall > 0.9))
    problems.push("the matches of the made catalogues are not those of the truth");
}
if (only.has("real")) {
  const real = await run(realTask());
  Object.assign(figures, {
    realPairs: real.pairs,
    realCpuSeconds: real.cpuSeconds,
    realPeakMebibytes: real.peakMebibytes,
  });
}
if (only.has("growth")) {
  const folder = mkdtempSync(join(tmpdir(), "kindred-universes-"));
  try {
    const outcomes: Outcome[] = [];
    for (const copies of [1, 5, 10]) outcomes.push(await run(await universesTask(folder, copies)));
    const [small, middle, large] = outcomes as [Outcome, Outcome, Outcome];
    if (Math.abs(small.recall - large.recall) > 0.01) problems.push("ten copies do not match as one does");
    const perPair = ({ cpuSeconds, pairs }: Pick<Outcome, "cpuSeconds" | "pairs">): number => cpuSeconds / pairs;
    const between = (a: Outcome, b: Outcome): number =>
      perPair({ cpuSeconds: b.cpuSeconds - a.cpuSeconds, pairs: b.pairs - a.pairs });
    figures.growthOfCpuPerPair = perPair(large) / perPair(small);
    // Processes that start, and code that warms up, weigh more on the smaller: what each further pair takes is told too.
    figures.growthOfCpuPerFurtherPair = between(middle, large) / between(small, middle);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const bars = {
  cpuSeconds: 250,
  peakMebibytes: 2048,
  realCpuSeconds: 250,
  realPeakMebibytes: 2048,
  growthOfCpuPerPair: 1.2,
  growthOfCpuPerFurtherPair: 1.2,
};
reportBench("billion", figures, bars, problems);
