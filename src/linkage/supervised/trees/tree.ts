import { z } from "zod";

/**
 * One regression tree, as arrays by node; node 0 is the root. A leaf has `feature` -1. Rows whose value does not exceed
 * `threshold` go left, and rows without a value where `missingLeft` says.
 */
export const treeSchema = z.object({
  feature: z.array(z.number().int()),
  threshold: z.array(z.number()),
  missingLeft: z.array(z.boolean()),
  left: z.array(z.number().int()),
  right: z.array(z.number().int()),
  /** What the node adds to the log-odds; of inner nodes what it would add were it a leaf, which explanations need. */
  value: z.array(z.number()),
  /** How much the split lowered the loss. */
  gain: z.array(z.number()),
});

/** See {@link treeSchema}. */
export type Tree = z.infer<typeof treeSchema>;

/** The threshold that every value is below, infinite ones too: only rows without a value go right. */
export const anyValue = Number.MAX_VALUE;

/** The child that a row goes to from an inner node. */
export function childOf(tree: Tree, node: number, value: number): number {
  const threshold = tree.threshold[node] as number;
  const goesLeft = Number.isNaN(value) ? tree.missingLeft[node] : value <= threshold || threshold === anyValue;
  return (goesLeft ? tree.left[node] : tree.right[node]) as number;
}

/** What a tree adds to the log-odds of a row. */
export function treeValue(tree: Tree, featureValue: (feature: number) => number): number {
  let node = 0;
  while ((tree.feature[node] as number) >= 0) node = childOf(tree, node, featureValue(tree.feature[node] as number));
  return tree.value[node] as number;
}
