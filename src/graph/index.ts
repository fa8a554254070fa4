export { buildGraph } from "./build-graph.ts";
export { entityView } from "./entity-view.ts";
export { type ExportOptions, type ExportSummary, exportGraph } from "./export-graph.ts";
export { type FieldRelation, filmFieldRelations } from "./field-relations.ts";
export { findEntity } from "./find-entity.ts";
export { foldLabel } from "./fold-label.ts";
export type { Graph } from "./graph.ts";
export type { GraphField, GraphInput, GraphRecordBatch, NameResolver } from "./graph-input.ts";
export { graphFiles, type GraphManifest } from "./manifest.ts";
export { type MemberEntity, memberEntities } from "./member-entities.ts";
export { mostConnected } from "./most-connected.ts";
export { neighbours } from "./neighbours.ts";
export { openGraph } from "./open-graph.ts";
export { shortestPath } from "./path.ts";
export { publishGraph } from "./publish-graph.ts";
export { recommend } from "./recommend.ts";
export { search, type SearchOptions } from "./search.ts";
export { similar } from "./similar.ts";
export type { Unresolved, UnresolvedReason } from "./unresolved.ts";
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
