import { parseArgs } from "node:util";
import { filmsUnsupervised } from "./accuracy/films-unsupervised.ts";
import { intervalText } from "./accuracy/categories.ts";
import type { AccuracyOptions, AccuracyRow, Measure } from "./accuracy/row.ts";
import { countTried, readSettingsTried } from "./accuracy/settings-tried.ts";
import { reportBench } from "./lib/report.ts";

/**
 * The accuracy table of issue 4, each row beside the trivial rule and the published figures, with the number of settings that
 * were tried on its data: node bench/accuracy.ts [--half even|odd|all] [--only ROW,ROW] [--final]
 *
 * Development looks at the even half and at validation splits; `--final` reads the test splits, once, at the end.
 */
const rows: readonly AccuracyRow[] = [filmsUnsupervised];

const { values } = parseArgs({
  options: {
    half: { type: "string", default: "even" },
    only: { type: "string" },
    final: { type: "boolean", default: false },
  },
});

const tried = readSettingsTried();
const figures: Record<string, number> = {};
const bars: Record<string, number> = {};
const problems: string[] = [];
for (const row of chosenRows(values.only)) {
  const options = { half: halfNamed(values.half), final: values.final };
  const result = await row.measure(options);
  console.log(`\n## ${row.name}: ${countTried(tried, row.sets)} settings tried on ${row.sets.join("; ")}`);
  for (const measure of result.measures) {
    console.log(lineOf(measure));
    figures[measure.name] = measure.value;
    if (measure.trivial !== undefined && measure.trivial !== null)
      figures[`${measure.name}, trivial`] = measure.trivial;
    if (measure.bar !== undefined) bars[measure.name] = measure.bar;
  }
  for (const line of result.details) console.log(`  ${line}`);
  figures[`${row.name} settings tried`] = countTried(tried, row.sets);
  problems.push(...result.problems);
}
console.log();
reportBench("accuracy", figures, bars, problems);

function chosenRows(only: string | undefined): readonly AccuracyRow[] {
  const names = only?.split(",") ?? rows.map(({ name }) => name);
  const unknown = names.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0) throw new Error(`no row ${unknown}; there are ${rows.map(({ name }) => name).join(", ")}`);
  return rows.filter(({ name }) => names.includes(name));
}

function halfNamed(name: string): AccuracyOptions["half"] {
  if (name === "even" || name === "odd" || name === "all") return name;
  throw new Error(`--half ${name}: even, odd or all`);
}

function lineOf({ name, value, interval, trivial, published = {}, bar, lowerIsBetter = false }: Measure): string {
  const beside = [
    ...(trivial === undefined || trivial === null ? [] : [`trivial ${trivial.toFixed(4)}`]),
    ...Object.entries(published).map(([other, figure]) => `${other} ${figure}`),
  ];
  const isReached = bar !== undefined && (lowerIsBetter ? value <= bar : value >= bar);
  const judged =
    bar === undefined ? "" : `bar ${lowerIsBetter ? "<=" : ">="} ${bar} ${isReached ? "reached" : "MISSED"}`;
  return [`  ${name.padEnd(66)} ${value.toFixed(4)} ${intervalText(interval).padEnd(16)}`, judged, ...beside]
    .join("  ")
    .trimEnd();
}
