import { intervalText } from "./categories.ts";
import type { AccuracyOptions, AccuracyRow, Measure } from "./row.ts";
import { countTried, readSettingsTried } from "./settings-tried.ts";

/** What rows of the table came to, for `reportBench`. */
export interface MeasuredRows {
  readonly figures: Record<string, number>;
  readonly bars: Record<string, number>;
  readonly problems: string[];
}

/** Measures rows one after another, and prints each with its bars and what stands beside it. */
export async function measureRows(rows: readonly AccuracyRow[], options: AccuracyOptions): Promise<MeasuredRows> {
  const tried = readSettingsTried();
  const figures: Record<string, number> = {};
  const bars: Record<string, number> = {};
  const problems: string[] = [];
  for (const row of rows) {
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
  return { figures, bars, problems };
}

/** The half of the films that an argument names. */
export function halfNamed(name: string): AccuracyOptions["half"] {
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
