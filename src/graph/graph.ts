import type { TextListColumn, Value } from "../columns/index.ts";
import type { OntologyCodes } from "./ontology-codes.ts";
import type { Adjacency, RelationEdges } from "./store/adjacency.ts";
import type { GraphManifest } from "./store/manifest.ts";
import type { TokenIndex } from "./store/token-index.ts";
import type { Member } from "./views.ts";

/**
 * An opened graph: typed arrays over entities, claims and edges, in memory; labels stay as the file's bytes until one
 * is asked for, and long texts stay in their file. Entities are named by their place among the sorted ids.
 */
export interface Graph {
  /** The folder it was read from. */
  readonly directory: string;
  readonly manifest: GraphManifest;
  readonly codes: OntologyCodes;
  readonly entities: EntityColumns;
  readonly members: MemberColumns;
  readonly claims: ClaimColumns;
  /** One entry for each relation that binds entities. */
  readonly edges: readonly RelationEdges[];
  /** How many distinct entities each entity is bound to. */
  readonly degrees: Int32Array;
  readonly tokens: TokenIndex;
  /** Lets go of the file of long texts. */
  close(): void;
}

/** The entities, by place. */
export interface EntityColumns {
  readonly count: number;
  /** Type codes of the ontology. */
  readonly types: Int32Array;
  /** NaN for none. */
  readonly years: Float64Array;
  readonly sourceCounts: Float64Array;
  readonly alternatives: TextListColumn;
  idOf(place: number): string;
  labelOf(place: number): string;
  /** The place of an id, or undefined. */
  find(id: string): number | undefined;
}

/** The records, in the order of source and id. */
export interface MemberColumns {
  /** The records of each entity. */
  readonly ofEntity: Adjacency;
  memberAt(row: number): Member;
  /** The place of the entity that a record belongs to, or undefined. */
  find(source: string, id: string): number | undefined;
}

/** The claims, in the order of subject, relation and object. */
export interface ClaimColumns {
  readonly count: number;
  readonly subjects: Int32Array;
  /** Relation codes of the ontology. */
  readonly relations: Int32Array;
  /** Places of entities; -1 for literals. */
  readonly objects: Int32Array;
  readonly confidences: Float64Array;
  /** The claims of each subject. */
  readonly ofSubject: Int32Array;
  /** The claims about each object. */
  readonly ofObject: Adjacency;
  rankAt(claim: number): string;
  literalAt(claim: number): string | number;
  /** Rows of the two provenance tables, as plain data. */
  recordOrigins(claim: number, limit: number): Record<string, Value>[];
  passageOrigins(claim: number, limit: number): Record<string, Value>[];
}
