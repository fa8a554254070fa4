export {
  type ClusterInput,
  type Clustering,
  cluster,
  type JoinedPairs,
  type JudgedPairs,
  OpenClustering,
} from "./cluster.ts";
export { type Decision, decisionSchema } from "./decision.ts";
export type { UnseenPair } from "./split-weak-links.ts";
export { unseenPairs } from "./unseen-pairs.ts";
export { identityFields } from "./numbered-records.ts";
export type { Distrusted } from "./trusted-identifiers.ts";
