export { type Cause, type CauseKind, causeKinds, causeOf } from "./cause.ts";
export {
  type EntityChange,
  type EntityChangeKind,
  type EntityChanges,
  entityChangeKinds,
  entityChanges,
} from "./entity-changes.ts";
export { type PairChanges, pairChanges, type PairColumns } from "./pair-changes.ts";
export type { PairStanding, PairState } from "./pair-state.ts";
export { type PartMove, partMoves } from "./part-moves.ts";
export { beyondParts, priorPart, type WeightPart, weightParts } from "./weight-parts.ts";
