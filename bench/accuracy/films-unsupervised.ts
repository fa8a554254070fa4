import {
  type Evaluation,
  evaluate,
  evaluateTrivial,
  pairKey,
  type RecordPair,
  type RecordRef,
  readTruth,
  recordKey,
  type Truth,
  type TrivialEvaluation,
} from "../../src/linkage/index.ts";
import { calibratedOnEven, type JudgedWeight } from "../lib/calibrated-on-even.ts";
import { readRows } from "../lib/film-catalogues.ts";
import { inHalf } from "../lib/film-halves.ts";
import { type LinkedCatalogues, linkCatalogues } from "../lib/linked-catalogues.ts";
import { calibrationDetails, calibrationMeasure } from "./calibration.ts";
import { categoryDetails, specificityMeasures } from "./categories.ts";
import type { AccuracyOptions, AccuracyRow, Measure } from "./row.ts";

const sources = ["movielens", "imdb5000", "imdb2018"];

/**
 * The three catalogues linked once by the product, with nothing configured: scored on all their cross-source pairs, and on
 * the pairs of hard-movies, looked up in the entities (a pair that no rule made is in no entity, and so a non-match).
 */
export const filmsUnsupervised: AccuracyRow = {
  name: "films-unsupervised",
  sets: ["films, even"],
  measure: async (options) => {
    const linked = await linkCatalogues(sources);
    const movies = score(linked, readTruth(readRows("movies/clusters.csv"), sources), options);
    const hard = score(linked, readTruth(readRows("hard-movies/hard_movies.csv"), sources), options);
    return {
      measures: [
        ...moviesMeasures(movies),
        ...calibratedMeasures("movies", linked, movies.truth, options),
        ...hardMeasures(hard),
        ...calibratedMeasures("hard-movies unsupervised", linked, hard.truth, options),
      ],
      details: [
        ...countLines("movies", movies),
        ...calibrationDetails("movies", movies.found),
        ...countLines("hard-movies unsupervised", hard),
        ...categoryDetails(hard.found.byCategory, hard.trivial.byCategory),
        ...calibrationDetails("hard-movies unsupervised", hard.found),
      ],
      problems: problemsOf(linked, movies, hard, options),
    };
  },
};

interface Scored {
  readonly truth: Truth;
  readonly found: Evaluation;
  readonly trivial: TrivialEvaluation;
}

function score(linked: LinkedCatalogues, all: Truth, { half }: AccuracyOptions): Scored {
  const isIn = inHalf(half);
  const truth =
    all.kind === "pairs" ? { ...all, pairs: all.pairs.filter((pair) => isIn(pair.left) && isIn(pair.right)) } : all;
  const members = linked.members.filter(isIn);
  const scored = linked.scored.filter((pair) => isIn(pair.left) && isIn(pair.right));
  return {
    truth,
    found: evaluate(scored, members, truth),
    trivial: evaluateTrivial(linked.titled.filter(isIn), members, truth, false),
  };
}

function moviesMeasures({ found, trivial }: Scored): Measure[] {
  const interval = found.intervals?.f1 ?? null;
  return [
    { name: "movies f1", value: found.pairs.f1, interval, trivial: trivial.f1, bar: 0.985 },
    { name: "movies precision", value: found.pairs.precision, trivial: trivial.precision },
    { name: "movies recall", value: found.pairs.recall, trivial: trivial.recall },
    calibrationMeasure("movies calibration error", found),
  ];
}

/** Labels of the even half teach what weights are worth, those of the odd half judge it: told where both may be read. */
function calibratedMeasures(set: string, linked: LinkedCatalogues, truth: Truth, { half }: AccuracyOptions): Measure[] {
  if (half !== "all") return [];
  const isEven = inHalf("even");
  const matchOf = labelFinder(truth);
  const pairs = linked.scored.flatMap((pair, unit): JudgedWeight[] => {
    const { left, right, probability } = pair;
    const match = matchOf(pair);
    if (match === undefined || isEven(left) !== isEven(right)) return [];
    const weight = Math.min(Math.max(Math.log2(probability / (1 - probability)), -weightMax), weightMax);
    return [{ half: isEven(left) ? "even" : "odd", weight, match, unit }];
  });
  return [
    calibrationMeasure(`${set} calibration error, calibrated on the even half`, calibratedOnEven(pairs).calibrated),
  ];
}

/** What truth says of a pair; undefined where it says nothing. */
function labelFinder(truth: Truth): (pair: RecordPair) => boolean | undefined {
  if (truth.kind === "pairs") {
    const labels = new Map(truth.pairs.map((pair) => [pairKey(pair), pair.match]));
    return (pair) => labels.get(pairKey(pair));
  }
  const clusterOf = (record: RecordRef): string => truth.clusterByRecord.get(recordKey(record)) ?? recordKey(record);
  return ({ left, right }) => clusterOf(left) === clusterOf(right);
}

function hardMeasures({ found, trivial }: Scored): Measure[] {
  const set = "hard-movies unsupervised";
  const interval = found.intervals?.f1 ?? null;
  return [
    { name: `${set} f1`, value: found.pairs.f1, interval, trivial: trivial.f1, bar: 0.85 },
    { name: `${set} precision`, value: found.pairs.precision, trivial: trivial.precision },
    { name: `${set} recall`, value: found.pairs.recall, trivial: trivial.recall },
    ...specificityMeasures(set, found.byCategory, trivial.byCategory),
    calibrationMeasure(`${set} calibration error`, found),
  ];
}

function countLines(set: string, { found: { pairs } }: Scored): string[] {
  const { truePositives, falsePositives, falseNegatives } = pairs;
  return [`${set}: ${truePositives} right, ${falsePositives} wrong, ${falseNegatives} missed`];
}

/** Beyond it a weight is as good as certain. */
const weightMax = 60;
const hardPairs = 1256;
/** F1 of the trivial rule, as shared/data/README.md has it: the truth was read right when we find the same. */
const trivialByReadme = { movies: 0.976, hard: 0.682 };

function problemsOf(
  { members, recordCountBySource }: LinkedCatalogues,
  movies: Scored,
  hard: Scored,
  { half }: AccuracyOptions,
): string[] {
  const problems: string[] = [];
  const known = new Set(members.map(recordKey));
  for (const source of sources) {
    const rows = readRows(`movies/${source}.csv`).length;
    const read = recordCountBySource.get(source);
    if (read !== rows) problems.push(`${source}: ${read} of ${rows} records were linked`);
  }
  if (known.size !== members.length) problems.push("a record is in two entities");
  const named = hard.truth.kind === "pairs" ? hard.truth.pairs.flatMap(({ left, right }) => [left, right]) : [];
  const strangers = named.filter((record) => !known.has(recordKey(record)));
  if (strangers.length > 0) problems.push(`${strangers.length} records of hard-movies were not linked`);
  if (half !== "all") return problems;
  if (named.length !== 2 * hardPairs) problems.push(`${named.length / 2} pairs of hard-movies, not ${hardPairs}`);
  for (const [trivial, expected] of [
    [movies.trivial.f1, trivialByReadme.movies],
    [hard.trivial.f1, trivialByReadme.hard],
  ] as const)
    if (Math.abs(trivial - expected) > 0.0005) problems.push(`the trivial rule has F1 ${trivial}, not ${expected}`);
  return problems;
}
