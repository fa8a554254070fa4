import { z } from "zod";
import { hash53 } from "../../base/index.ts";
import { type Classifier, classifierSchema, classifierWeights } from "./classifier.ts";
import { makeFeatures } from "./features/make-features.ts";
import { fitClassifier } from "./fit-classifier.ts";
import type { PairRows } from "./pair-columns.ts";
import { type PairPlan, pairIdentities, pairRecords, planPairs } from "./pair-records.ts";
import { type FeatureMatrix, matrixRows } from "./trees/feature-matrix.ts";

/** What it takes to classify other pairs with the same columns. Plain JSON. */
export const pairModelSchema = z.object({
  kind: z.literal("kindred pair classifier"),
  version: z.literal(1),
  /** Columns that are never evidence. */
  ignore: z.array(z.string()),
  /** How the left and the right records are read. */
  plan: z.custom<PairPlan>((plan) => Array.isArray(plan) && plan.length === 2),
  classifier: classifierSchema,
});

/** See {@link pairModelSchema}. */
export type PairModel = z.infer<typeof pairModelSchema>;

/** Pairs in files, with what is known of them. */
export interface FileOfPairs extends PairRows {
  /** By row: match, no match, or not known. */
  readonly labels: readonly (boolean | null)[];
}

/** How a model is fitted. */
export interface FitOptions {
  /** Columns that are never evidence. */
  readonly ignore: readonly string[];
  /** Whether a pair is also seen beside the other pairs of its records. */
  readonly context: boolean;
  readonly onFit?: (done: number, total: number) => void;
}

/** A model, its features of all pairs that were given, and what it says of those it learnt from. */
export interface FittedPairs {
  readonly model: PairModel;
  readonly matrix: FeatureMatrix;
  /** By pair of `learn`, one file after another: the calibrated probability by fits that had not seen it; NaN without a label. */
  readonly unseen: Float64Array;
}

/**
 * Learns from the labelled pairs of `learn`. Pairs of `beside` are those to be classified: their labels are never read, only their
 * texts, for the rarity of words and for what stands beside a pair.
 */
export function fitPairs(learn: readonly FileOfPairs[], beside: readonly PairRows[], options: FitOptions): FittedPairs {
  const { ignore, context, onFit } = options;
  const plan = planPairs(learn, ignore);
  const files = [...learn, ...beside];
  const matrix = makeFeatures(pairRecords(files, ignore, plan), { context });
  const labels = learn.flatMap((file) => file.labels);
  const known = Int32Array.from(labels.keys().filter((row) => labels[row] !== null));
  const identities = pairIdentities(learn, ignore);
  const fitted = fitClassifier(
    {
      matrix: matrixRows(matrix, known),
      labels: Uint8Array.from(known, (row) => Number(labels[row])),
      keys: Float64Array.from(known, (row) => hash53((identities[row] as Identity).pair)),
      groups: Array.from(known, (row) => (identities[row] as Identity).left),
    },
    onFit,
  );
  const unseen = new Float64Array(labels.length).fill(Number.NaN);
  known.forEach((row, i) => {
    unseen[row] = probabilityOf(fitted.unseen[i] as number);
  });
  const model: PairModel = {
    kind: "kindred pair classifier",
    version: 1,
    ignore: [...ignore],
    plan,
    classifier: fitted.classifier,
  };
  return { model, matrix, unseen };
}

type Identity = ReturnType<typeof pairIdentities>[number];

/** The features of pairs that a model fitted without context is to classify. */
export function featuresFor({ plan, ignore }: PairModel, files: readonly PairRows[]): FeatureMatrix {
  return makeFeatures(pairRecords(files, ignore, plan), { context: false });
}

/** The probability of each row of a model's features. */
export function pairProbabilities(classifier: Classifier, matrix: FeatureMatrix): Float64Array {
  return classifierWeights(classifier, matrix).map(probabilityOf);
}

function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}
