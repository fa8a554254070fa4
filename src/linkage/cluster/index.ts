export { type ClusterInput, type Clustering, cluster, type JudgedPairs, OpenClustering } from "./cluster.ts";
export { type Decision, decisionSchema } from "./decision.ts";
export { identityFields } from "./numbered-records.ts";
export type { Distrusted } from "./trusted-identifiers.ts";
