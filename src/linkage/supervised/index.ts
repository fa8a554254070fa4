export { type Contribution, contributionsOf, importanceOf } from "./contributions.ts";
export { type PairRows, pairColumns } from "./pair-columns.ts";
export {
  featuresFor,
  type FileOfPairs,
  type FitOptions,
  type FittedPairs,
  fitPairs,
  type PairModel,
  pairModelSchema,
  pairProbabilities,
} from "./pair-model.ts";
