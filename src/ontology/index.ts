export { type CardinalityConflict, cardinalityConflicts } from "./cardinality.ts";
export { type ClaimProblem, type ClaimProblemKind, checkClaim, type TypeOfRef } from "./check-claim.ts";
export type {
  Claim,
  DocumentProvenance,
  EntityRef,
  Literal,
  Mention,
  Provenance,
  Rank,
  RecordProvenance,
  RecordRef,
} from "./claim.ts";
export { defineOntology, type OntologyDefinition, parseOntology } from "./define-ontology.ts";
export { filmOntology } from "./film-ontology.ts";
export {
  type EntityType,
  entityTypeOf,
  isKindOf,
  type LiteralType,
  literalTypes,
  maxTypeDepth,
  type Ontology,
  type RelationType,
  relationTypeOf,
} from "./ontology.ts";
export { ontologySchema } from "./ontology-schema.ts";
export { readOntology } from "./read-ontology.ts";
