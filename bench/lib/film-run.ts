import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { concatTables, encodeTable } from "../../src/columns/index.ts";
import { inferLinkage, linkTables, type LinkageSettings, type Model } from "../../src/linkage/index.ts";
import { plainScan, wasmScan } from "../../src/linkage/engine/index.ts";
import { filmTask, readFilms } from "./film-task.ts";
import { modelOfSplink } from "./splink-model.ts";

/**
 * The film task in a process of its own: reads the catalogues, links them, writes the matches as an Arrow file, and prints
 * one line of JSON. node bench/lib/film-run.ts --data PREFIX --out FILE [--engine wasm|plain|reference] [--weights MODEL]
 * [--keep-all] [--keep-weight BITS]
 */
const { values: options } = parseArgs({
  options: {
    data: { type: "string" },
    out: { type: "string" },
    engine: { type: "string", default: "wasm" },
    weights: { type: "string" },
    "keep-all": { type: "boolean", default: false },
    "keep-weight": { type: "string", default: "0" },
  },
});

/** What one run printed. */
export interface FilmRun {
  readonly pairs: number;
  /** CPU seconds by step; `read` is from the start of the process. */
  readonly steps: Readonly<Record<string, number>>;
  readonly maxRssMb: number;
}

const steps: Record<string, number> = {};
let before = { user: 0, system: 0 };
const onStep = (step: string): void => {
  const { user, system } = process.cpuUsage();
  steps[step] = (user + system - before.user - before.system) / 1e6;
  before = { user, system };
};

const batches = await readFilms(options.data as string);
onStep("read");
const fields = batches.get("a")?.[0]?.fields ?? [];
const settings: LinkageSettings = inferLinkage(
  {
    entityType: "film",
    sources: ["a", "b"],
    fields: fields.map((field) => ({ ...field, fillBySource: { a: 1, b: 1 } })),
  },
  {
    ...filmTask,
    keepWeight: options["keep-all"] ? -1e9 : Number(options["keep-weight"]),
    reviewThreshold: 0.5,
    blockPairsMax: Number.MAX_SAFE_INTEGER,
  },
);
const model: Model | undefined =
  options.weights === undefined
    ? undefined
    : modelOfSplink(JSON.parse(readFileSync(options.weights, "utf8")), settings);
const linked = linkTables(batches, settings, {
  onStep,
  scanner: options.engine === "plain" ? plainScan : wasmScan,
  reference: options.engine === "reference",
  ...(model === undefined ? {} : { model }),
});
// With given weights all pairs are compared; else those that clustering accepted are the matches.
const kept = model === undefined ? linked.clustering.pairs : concatTables([...linked.scored]);
writeFileSync(options.out as string, encodeTable(kept));
onStep("write");
const pairs = linked.pairsByRule.reduce((sum, count) => sum + count, 0);
console.log(JSON.stringify({ pairs, steps, maxRssMb: process.resourceUsage().maxRSS / 1e3 } satisfies FilmRun));
