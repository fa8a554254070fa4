import { existsSync } from "node:fs";
import { join } from "node:path";
import { classified } from "../lib/classified-pairs.ts";
import { dataFolder } from "../lib/film-catalogues.ts";
import { calibrationDetails, calibrationMeasure } from "./calibration.ts";
import type { AccuracyRow, Measure, RowResult } from "./row.ts";

/** F1 on the published test splits: Mudgal et al. 2018 (Magellan), Li et al. 2020 (Ditto). */
const published = {
  "dblp-acm": { Magellan: 0.984, Ditto: 0.99 },
  "fodors-zagats": { Magellan: 1, Ditto: 1 },
  "walmart-amazon": { Magellan: 0.719, Ditto: 0.868 },
  "amazon-google": { Magellan: 0.491, Ditto: 0.756 },
  "abt-buy": { Magellan: 0.436, Ditto: 0.893 },
} as const;

/** In fodors-zagats `class` numbers the restaurants: it is the truth. */
const truthColumns: Readonly<Record<string, readonly string[]>> = { "fodors-zagats": ["class"] };

const meanBar = 0.82;
/** No set may fall further below Magellan. */
const below = 0.005;

/**
 * `kindred classify` on the five sets of er-magellan. Without `--final` the split `valid` stands for the test split, and only
 * `train` is learnt from; the test split is then not opened at all.
 */
export const erMagellan: AccuracyRow = {
  name: "er-magellan",
  sets: ["er-magellan, train and valid"],
  measure: async ({ final }) => {
    const results = [];
    for (const set of Object.keys(published) as (keyof typeof published)[]) results.push(await measureSet(set, final));
    const mean = results.reduce((sum, { f1 }) => sum + f1, 0) / results.length;
    const meanOf = (who: "Magellan" | "Ditto"): number =>
      Object.values(published).reduce((sum, figures) => sum + figures[who], 0) / results.length;
    return {
      measures: [
        ...results.flatMap(({ measures }) => measures),
        {
          name: `er-magellan ${splitOf(final)} mean f1`,
          value: mean,
          bar: meanBar,
          published: { Magellan: meanOf("Magellan"), Ditto: meanOf("Ditto") },
        },
      ],
      details: results.flatMap(({ details }) => details),
      problems: results.flatMap(({ problems }) => problems),
    };
  },
};

function splitOf(final: boolean): string {
  return final ? "test" : "valid";
}

async function measureSet(set: keyof typeof published, final: boolean): Promise<RowResult & { f1: number }> {
  const file = (split: string): string => join(dataFolder, `er-magellan/${set}/${split}.csv`);
  if (!existsSync(file("train"))) throw new Error(`no ${file("train")}: name the folder of data with KINDRED_DATA`);
  const [train, valid, test] = [file("train"), file("valid"), file("test")];
  const files = final ? { train, valid, test } : { train, test: valid };
  const options = { ...files, ignore: truthColumns[set] ?? [] };
  const found = await classified(options);
  const alone = await classified({ ...options, context: false });
  const scores = found.result.test;
  if (scores === null) throw new Error(`${set}: the pairs have no labels`);
  const split = splitOf(final);
  const measures: Measure[] = [
    { name: `${set} ${split} f1`, value: scores.f1, bar: published[set].Magellan - below, published: published[set] },
    { name: `${set} ${split} f1, each pair by itself`, value: alone.result.test?.f1 ?? 0 },
    { name: `${set} f1 of folds set aside`, value: found.result.learnt?.f1 ?? 0 },
    calibrationMeasure(`${set} ${split} calibration error`, scores),
    { name: `${set} cpu seconds`, value: found.cpuSeconds },
  ];
  const count = scores.labelled;
  const problems =
    found.probabilities.length === count ? [] : [`${set}: ${found.probabilities.length} of ${count} pairs`];
  const { truePositives, falsePositives, falseNegatives } = scores;
  const counts = `${set}: ${truePositives} right, ${falsePositives} wrong, ${falseNegatives} missed`;
  return { f1: scores.f1, measures, details: [counts, ...calibrationDetails(set, scores)], problems };
}
