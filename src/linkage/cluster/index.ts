export { type ClusterInput, type Clustering, cluster } from "./cluster.ts";
export { type Decision, decisionSchema } from "./decision.ts";
