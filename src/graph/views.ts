import type { Provenance, Rank } from "../ontology/index.ts";

/** An entity in a few words, as lists show it. */
export interface EntitySummary {
  /** Such as `film:3f2a9c1b04` or `genre:science-fiction`. */
  readonly id: string;
  readonly type: string;
  readonly label: string;
  /** Year of first release or of birth. */
  readonly year: number | null;
}

/** A record that belongs to an entity. */
export interface Member {
  readonly source: string;
  readonly id: string;
}

/** An entity, or a plain value, as the object of a claim. */
export type ClaimObject =
  | { readonly kind: "entity"; readonly entity: EntitySummary }
  | { readonly kind: "literal"; readonly value: string | number };

/** A claim with the labels of its ends and where it comes from. */
export interface ClaimView {
  readonly subject: EntitySummary;
  readonly relation: string;
  readonly object: ClaimObject;
  readonly rank: Rank;
  readonly confidence: number;
  readonly provenance: readonly Provenance[];
}

/** The entities on the other side of one relation. */
export interface NeighbourGroup {
  readonly relation: string;
  /** `out`: the entity is the subject; `in`: it is the object. */
  readonly direction: "out" | "in";
  /** How many there are, also where `entities` was cut. */
  readonly total: number;
  readonly entities: readonly EntitySummary[];
}

/** Everything the graph knows of one entity. Lists are cut at the limits in `limits.ts`, totals are not. */
export interface EntityView extends EntitySummary {
  readonly alternativeLabels: readonly string[];
  readonly members: readonly Member[];
  readonly memberTotal: number;
  /** Claims whose subject or object it is, its own first. */
  readonly claims: readonly ClaimView[];
  readonly claimTotal: number;
  readonly neighbours: readonly NeighbourGroup[];
}

/** A search hit: higher scores are better; scores of two searches cannot be compared. */
export interface SearchHit extends EntitySummary {
  readonly score: number;
  /** How many sources hold a record of it. */
  readonly sourceCount: number;
  /** How many claims bind it to other entities. */
  readonly degree: number;
}

/** Why an entity was proposed: what it shares with the one it is proposed for. */
export interface Reason {
  /** The shared entity, or the entity itself where both are bound directly (a sequel). */
  readonly entity: EntitySummary;
  readonly relation: string;
  /** In words, such as `directed: Alfred Hitchcock`. */
  readonly text: string;
  /** Its part of the score, between 0 and 1. */
  readonly share: number;
  /** For recommendations: the liked entities that lead here. */
  readonly liked?: readonly EntitySummary[];
}

/** An entity proposed as similar or recommended, best first. */
export interface Proposal extends EntitySummary {
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** An entity with the number of distinct entities bound to it. */
export interface ConnectedEntity extends EntitySummary {
  readonly degree: number;
}

/** One step of a path: from the entity before, by a relation, to `entity`. */
export interface PathStep {
  readonly relation: string;
  readonly direction: "out" | "in";
  readonly entity: EntitySummary;
}

/** The shortest path between two entities. */
export interface Path {
  readonly from: EntitySummary;
  readonly steps: readonly PathStep[];
}
