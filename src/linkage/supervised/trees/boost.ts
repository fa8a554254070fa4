import { binFeatures } from "./bins.ts";
import type { FeatureMatrix } from "./feature-matrix.ts";
import { growTree } from "./grow-tree.ts";
import { type Derivatives, derivativeUnits } from "./histogram.ts";
import { isDrawn } from "./draw.ts";
import type { BoostSettings } from "./settings.ts";
import { type Tree, treeValue } from "./tree.ts";

/** Rows with what is true of them. */
export interface LabelledRows {
  readonly matrix: FeatureMatrix;
  /** 1 for a match, 0 for none. */
  readonly labels: Uint8Array;
  /** What rows are drawn by, one number a row, so that their order means nothing; equal rows may have equal keys. */
  readonly keys: Float64Array;
}

/** Boosted trees: the log-odds of a row are `base` and what each tree adds. */
export interface BoostedTrees {
  readonly base: number;
  readonly trees: readonly Tree[];
}

/**
 * Boosts trees by the logistic loss until the loss on `aside` rises, and keeps the trees up to its lowest; without `aside` all
 * rounds are made. The order of rows changes nothing.
 * J. H. Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", 2001; rows and features drawn for each tree as
 * in his "Stochastic Gradient Boosting", 2002.
 */
export function boostTrees(rows: LabelledRows, aside: LabelledRows | null, settings: BoostSettings): BoostedTrees {
  const binned = binFeatures(rows.matrix);
  const base = baseLogOdds(rows.labels);
  const logOdds = new Float64Array(rows.labels.length).fill(base);
  const asideLogOdds = new Float64Array(aside?.labels.length ?? 0).fill(base);
  const trees: Tree[] = [];
  let [bestLoss, bestRounds] = [aside === null ? 0 : lossOf(asideLogOdds, aside.labels), 0];
  for (let round = 0; round < settings.roundsMax; round++) {
    const derivatives = derivativesOf(logOdds, rows.labels);
    const drawn = drawnRows(rows.keys, round, settings);
    const features = drawnFeatures(binned.length, round, settings);
    const tree = growTree({ binned, features, rows: drawn, derivatives, settings });
    trees.push(tree);
    addTree(tree, rows.matrix, logOdds);
    if (aside === null) continue;
    addTree(tree, aside.matrix, asideLogOdds);
    const loss = lossOf(asideLogOdds, aside.labels);
    if (loss < bestLoss) [bestLoss, bestRounds] = [loss, round + 1];
    else if (round + 1 - bestRounds >= settings.patience) break;
  }
  return { base, trees: aside === null ? trees : trees.slice(0, bestRounds) };
}

/** The log-odds that boosted trees give each row. */
export function logOddsOf({ base, trees }: BoostedTrees, matrix: FeatureMatrix): Float64Array {
  const logOdds = new Float64Array(matrix.rowCount).fill(base);
  for (const tree of trees) addTree(tree, matrix, logOdds);
  return logOdds;
}

/** The probability of log-odds. */
function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** The mean logistic loss, the same to the last bit whatever the order of rows. */
export function lossOf(logOdds: Float64Array, labels: Uint8Array): number {
  let units = 0;
  for (let row = 0; row < labels.length; row++) {
    const signed = labels[row] === 1 ? -(logOdds[row] as number) : (logOdds[row] as number);
    units += Math.round((Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)))) * derivativeUnits);
  }
  return units / derivativeUnits / Math.max(1, labels.length);
}

function baseLogOdds(labels: Uint8Array): number {
  const matches = labels.reduce((sum, label) => sum + label, 0);
  return Math.log((matches + 0.5) / (labels.length - matches + 0.5));
}

function addTree(tree: Tree, { columns, rowCount }: FeatureMatrix, logOdds: Float64Array): void {
  let row = 0;
  const featureValue = (feature: number): number => (columns[feature] as Float64Array)[row] as number;
  for (; row < rowCount; row++) logOdds[row] = (logOdds[row] as number) + treeValue(tree, featureValue);
}

function derivativesOf(logOdds: Float64Array, labels: Uint8Array): Derivatives {
  const gradient = new Float64Array(labels.length);
  const hessian = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const probability = logistic(logOdds[row] as number);
    gradient[row] = Math.round((probability - (labels[row] as number)) * derivativeUnits);
    hessian[row] = Math.round(probability * (1 - probability) * derivativeUnits);
  }
  return { gradient, hessian };
}

function drawnRows(keys: Float64Array, round: number, { rowShare, seed }: BoostSettings): Int32Array {
  const all = Int32Array.from(keys, (_, row) => row);
  const drawn = all.filter((row) => isDrawn(keys[row] as number, seed, round, rowShare));
  return drawn.length === 0 ? all : drawn;
}

function drawnFeatures(count: number, round: number, { featureShare, seed }: BoostSettings): Int32Array {
  const all = Int32Array.from({ length: count }, (_, feature) => feature);
  const drawn = all.filter((feature) => isDrawn(feature, seed + 1, round, featureShare));
  return drawn.length === 0 ? all : drawn;
}
