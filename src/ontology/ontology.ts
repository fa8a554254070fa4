/** A kind of thing the graph holds, such as film or person. */
export interface EntityType {
  readonly name: string;
  readonly label: string;
  readonly doc: string;
  /** The broader type this one is a kind of. */
  readonly broader?: string;
}

/** What a relation points at when that is a plain value and not an entity. */
export type LiteralType = (typeof literalTypes)[number];

/** Every {@link LiteralType}. */
export const literalTypes = ["text", "year", "date", "number"] as const;

/** A kind of statement: what it is said of (domain), what it points at (range), and how many a subject may have. */
export interface RelationType {
  readonly name: string;
  readonly label: string;
  readonly doc: string;
  /** Names of the entity types that may be its subject. */
  readonly domain: readonly string[];
  /** Names of the entity types that may be its object, or the type of its literal. */
  readonly range: readonly string[] | LiteralType;
  /** `one`: a subject has at most one such object; more than one is a conflict to be shown. */
  readonly cardinality: "one" | "many";
}

/** Entity and relation types under one name and version: the frame that every claim must fit. */
export interface Ontology {
  readonly name: string;
  readonly version: string;
  readonly entityTypes: readonly EntityType[];
  readonly relationTypes: readonly RelationType[];
}

/** The entity type of that name, or undefined. */
export function entityTypeOf(ontology: Ontology, name: string): EntityType | undefined {
  return ontology.entityTypes.find((type) => type.name === name);
}

/** The relation type of that name, or undefined. */
export function relationTypeOf(ontology: Ontology, name: string): RelationType | undefined {
  return ontology.relationTypes.find((type) => type.name === name);
}

/** True if `name` is `ancestor` or one of its narrower types. */
export function isKindOf(ontology: Ontology, name: string, ancestor: string): boolean {
  let current: string | undefined = name;
  for (let depth = 0; current !== undefined && depth < maxTypeDepth; depth++) {
    if (current === ancestor) return true;
    current = entityTypeOf(ontology, current)?.broader;
  }
  return false;
}

/** The longest chain of broader types; a cycle would otherwise never end. */
export const maxTypeDepth = 16;
