export type { Claim, DocumentProvenance, EntityRef, Literal, Mention, Provenance, Rank, RecordProvenance, RecordRef } from "./claim.ts";
export { filmOntology } from "./film-ontology.ts";
export {
  type EntityType,
  entityTypeOf,
  isKindOf,
  type LiteralType,
  maxTypeDepth,
  type Ontology,
  type RelationType,
  relationTypeOf,
} from "./ontology.ts";
