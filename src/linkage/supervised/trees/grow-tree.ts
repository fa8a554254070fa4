import { type BinnedFeature, missingBin } from "./bins.ts";
import { bestSplit, leafValue, type Split, type Sums } from "./best-split.ts";
import { type Derivatives, type HistogramLayout, histogramLayout, histogramOf, subtract } from "./histogram.ts";
import type { BoostSettings } from "./settings.ts";
import { anyValue, type Tree } from "./tree.ts";

/** A leaf that may yet be split. */
interface Leaf {
  readonly node: number;
  readonly depth: number;
  readonly rows: Int32Array;
  readonly histogram: Float64Array;
  readonly split: Split | null;
}

/** What a tree is grown from. */
export interface GrowInput {
  readonly binned: readonly BinnedFeature[];
  /** Places of the features that may be split by, ascending. */
  readonly features: Int32Array;
  /** The rows that are looked at. */
  readonly rows: Int32Array;
  readonly derivatives: Derivatives;
  readonly settings: BoostSettings;
}

/**
 * Grows a tree leaf by leaf, always where the loss falls most (Ke et al. 2017). A split's smaller child is summed, the
 * other is what is left of the parent.
 */
export function growTree(input: GrowInput): Tree {
  const { binned, features, rows, derivatives, settings } = input;
  const layout = histogramLayout(binned, features);
  const tree: Tree = { feature: [], threshold: [], missingLeft: [], left: [], right: [], value: [], gain: [] };
  const leafOf = (rowsOf: Int32Array, histogram: Float64Array, depth: number): Leaf => {
    const total = sumsOf(rowsOf, derivatives);
    const node = addLeaf(tree, leafValue(total, settings.leafPenalty) * settings.learningRate);
    const isOpen = depth < settings.depthMax && rowsOf.length >= settings.leafRowsMin * 2;
    const split = isOpen ? bestSplit(histogram, layout, total, settings) : null;
    return { node, depth, rows: rowsOf, histogram, split };
  };
  let leaves = [leafOf(rows, histogramOf(binned, layout, rows, derivatives), 0)];
  while (leaves.length < settings.leavesMax) {
    const leaf = leaves.reduce((best, one) => ((one.split?.gain ?? 0) > (best.split?.gain ?? 0) ? one : best));
    if (leaf.split === null) break;
    const [leftRows, rightRows] = partRows(leaf.rows, binned[leaf.split.feature] as BinnedFeature, leaf.split);
    const [leftSums, rightSums] = childHistograms(leaf.histogram, leftRows, rightRows, layout, input);
    const left = leafOf(leftRows, leftSums, leaf.depth + 1);
    const right = leafOf(rightRows, rightSums, leaf.depth + 1);
    setSplit(tree, leaf.node, leaf.split, binned, left.node, right.node);
    leaves = [...leaves.filter((one) => one !== leaf), left, right];
  }
  return tree;
}

function addLeaf(tree: Tree, value: number): number {
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.missingLeft.push(false);
  tree.left.push(-1);
  tree.right.push(-1);
  tree.gain.push(0);
  return tree.value.push(value) - 1;
}

function setSplit(
  tree: Tree,
  node: number,
  split: Split,
  binned: readonly BinnedFeature[],
  left: number,
  right: number,
): void {
  tree.feature[node] = split.feature;
  tree.threshold[node] = (binned[split.feature] as BinnedFeature).edges[split.bin - 1] ?? anyValue;
  tree.missingLeft[node] = split.missingLeft;
  tree.gain[node] = split.gain;
  tree.left[node] = left;
  tree.right[node] = right;
}

function sumsOf(rows: Int32Array, { gradient, hessian }: Derivatives): Sums {
  let [g, h] = [0, 0];
  for (const row of rows) {
    g += gradient[row] as number;
    h += hessian[row] as number;
  }
  return { gradient: g, hessian: h, rows: rows.length };
}

function partRows(rows: Int32Array, { bins }: BinnedFeature, { bin, missingLeft }: Split): [Int32Array, Int32Array] {
  const goesLeft = (row: number): boolean => {
    const own = bins[row] as number;
    return own === missingBin ? missingLeft : own <= bin;
  };
  return [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))];
}

function childHistograms(
  parent: Float64Array,
  left: Int32Array,
  right: Int32Array,
  layout: HistogramLayout,
  { binned, derivatives }: GrowInput,
): [Float64Array, Float64Array] {
  const small = histogramOf(binned, layout, left.length <= right.length ? left : right, derivatives);
  const large = subtract(parent, small);
  return left.length <= right.length ? [small, large] : [large, small];
}
