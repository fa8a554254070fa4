import { seededRandom } from "../../src/base/index.ts";
import {
  type CategoryScores,
  calibrationCertainty,
  type Interval,
  reliability,
  type Scores,
  scoresOf,
  trivialTitle,
  wilson,
} from "../../src/linkage/index.ts";
import { classifyHardMovies, type FoldedPair } from "../lib/hard-movies-folds.ts";
import { calibrationDetails, calibrationMeasure } from "./calibration.ts";
import { categoryDetails, specificityMeasures } from "./categories.ts";
import type { AccuracyRow } from "./row.ts";

const set = "hard-movies supervised";
const hardPairs = 1256;

/** The labelled pairs of hard-movies by `kindred classify`, five-fold, no film in two folds. */
export const hardMoviesSupervised: AccuracyRow = {
  name: "hard-movies-supervised",
  sets: ["hard-movies, even"],
  measure: async ({ half }) => {
    const { pairs, cpuSeconds } = await classifyHardMovies(half);
    const alone = (await classifyHardMovies(half, false)).pairs;
    const found = byCategory(pairs, isFound);
    const trivial = byCategory(pairs, isTrivial);
    const judged = pairs.map(({ probability, match }) => ({ probability, match }));
    const calibration = { ...reliability(judged), ...calibrationCertainty(judged) };
    const scores = scoresBy(pairs, isFound);
    return {
      measures: [
        {
          name: `${set} f1`,
          value: scores.f1,
          interval: intervalByFilms(pairs),
          trivial: scoresBy(pairs, isTrivial).f1,
          bar: 0.93,
        },
        { name: `${set} f1, each pair by itself`, value: scoresBy(alone, isFound).f1 },
        { name: `${set} precision`, value: scores.precision },
        { name: `${set} recall`, value: scores.recall },
        ...specificityMeasures(set, found, trivial),
        calibrationMeasure(`${set} calibration error`, calibration),
        { name: `${set} cpu seconds`, value: cpuSeconds },
      ],
      details: [
        `${set}: ${pairs.length} pairs, ${scores.truePositives} right, ${scores.falsePositives} wrong, ${scores.falseNegatives} missed`,
        ...categoryDetails(found, trivial),
        ...calibrationDetails(set, calibration),
      ],
      problems:
        half === "all" && pairs.length !== hardPairs ? [`${pairs.length} pairs of hard-movies, not ${hardPairs}`] : [],
    };
  },
};

type Says = (pair: FoldedPair) => boolean;

const isFound: Says = ({ probability }) => probability >= 0.5;

/** Titles equal as the trivial rule writes them, both years there and within one. */
const isTrivial: Says = ({ row }) =>
  trivialTitle(row.left_title ?? "") === trivialTitle(row.right_title ?? "") &&
  Boolean(row.left_year && row.right_year) &&
  Math.abs(Number(row.left_year) - Number(row.right_year)) <= 1;

function scoresBy(pairs: readonly FoldedPair[], says: Says): Scores {
  const count = (found: boolean, match: boolean): number =>
    pairs.filter((pair) => says(pair) === found && pair.match === match).length;
  return scoresOf(count(true, true), count(true, false), count(false, true), count(false, false));
}

function byCategory(pairs: readonly FoldedPair[], says: Says): CategoryScores[] {
  return [...Map.groupBy(pairs, ({ row }) => row.category as string)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([category, own]) => {
      const scores = scoresBy(own, says);
      const { truePositives, falsePositives, falseNegatives, trueNegatives } = scores;
      return {
        category,
        pairs: scores,
        specificity: trueNegatives + falsePositives === 0 ? null : trueNegatives / (trueNegatives + falsePositives),
        recallInterval: wilson(truePositives, truePositives + falseNegatives),
        specificityInterval: wilson(trueNegatives, trueNegatives + falsePositives),
      };
    });
}

const replicates = 1000;

/** The middle 95 % of F1 when groups of films are drawn with replacement. */
function intervalByFilms(pairs: readonly FoldedPair[]): Interval {
  const groups = [...Map.groupBy(pairs, ({ group }) => group).values()];
  const random = seededRandom(19_790_101);
  const drawn = Array.from(
    { length: replicates },
    () =>
      scoresBy(
        groups.flatMap(() => groups[random.integer(groups.length)] as FoldedPair[]),
        isFound,
      ).f1,
  ).sort((a, b) => a - b);
  return {
    low: drawn[Math.round(replicates * 0.025)] as number,
    high: drawn[Math.round(replicates * 0.975)] as number,
  };
}
