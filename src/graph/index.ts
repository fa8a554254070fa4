export { buildGraph } from "./build/build-graph.ts";
export { type FieldRelation, filmFieldRelations } from "./build/field-relations.ts";
export type { GraphField, GraphInput, GraphRecordBatch, NameResolver } from "./build/graph-input.ts";
export { type ClusteredRecords, nameEntities } from "./build/name-entities.ts";
export { textRanks } from "./build/sort-rows.ts";
export type { Unresolved, UnresolvedReason } from "./build/unresolved.ts";
export { type ExportOptions, type ExportSummary, exportGraph } from "./export/export-graph.ts";
export { foldLabel } from "./fold-label.ts";
export type { Graph } from "./graph.ts";
export { entityView } from "./query/entity-view.ts";
export { findEntity } from "./query/find-entity.ts";
export { mostConnected } from "./query/most-connected.ts";
export { neighbours } from "./query/neighbours.ts";
export { shortestPath } from "./query/path.ts";
export { recommend } from "./query/recommend.ts";
export { type SearchOptions, search } from "./query/search.ts";
export { similar } from "./query/similar.ts";
export { type GraphManifest, graphFiles } from "./store/manifest.ts";
export { type MemberEntity, memberEntities } from "./store/member-entities.ts";
export { openGraph } from "./store/open-graph.ts";
export { publishGraph } from "./store/publish-graph.ts";
export type {
  ClaimObject,
  ClaimView,
  ConnectedEntity,
  EntitySummary,
  EntityView,
  Member,
  NeighbourGroup,
  Path,
  PathStep,
  Proposal,
  Reason,
  SearchHit,
} from "./views.ts";
