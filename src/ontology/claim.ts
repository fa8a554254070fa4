/** An entity by its id in the graph. */
export interface EntityRef {
  readonly kind: "entity";
  readonly id: string;
}

/**
 * A thing as a source or document names it, before the graph decides which entity it is.
 * The year tells two films of one name apart.
 */
export interface Mention {
  readonly kind: "mention";
  readonly entityType: string;
  readonly name: string;
  readonly year?: number;
}

/** A record of a source, standing for whichever entity it ends up in. */
export interface RecordRef {
  readonly kind: "record";
  readonly source: string;
  readonly id: string;
}

/** A plain value. */
export interface Literal {
  readonly kind: "literal";
  readonly value: string | number;
}

/** Where a claim comes from: a field of a source's record. */
export interface RecordProvenance {
  readonly kind: "record";
  readonly source: string;
  readonly id: string;
  readonly field: string;
}

/** Where a claim comes from: a passage of a document. */
export interface DocumentProvenance {
  readonly kind: "document";
  readonly document: string;
  /** The passage: byte offsets in the UTF-8 document, end excluded. */
  readonly startByte: number;
  readonly endByte: number;
  /** The passage itself, byte for byte. */
  readonly quote: string;
  /** Which extractor, and which model where one was asked. */
  readonly extractor: string;
  readonly model?: string;
}

/** Where a claim comes from. */
export type Provenance = RecordProvenance | DocumentProvenance;

/** How a claim stands among others on the same subject and relation (Wikidata's ranks). */
export type Rank = "preferred" | "normal" | "deprecated";

/** A statement with where it comes from: the unit that sources, documents and people add to the graph. */
export interface Claim {
  readonly subject: EntityRef | Mention | RecordRef;
  /** The name of a relation type. */
  readonly relation: string;
  readonly object: EntityRef | Mention | RecordRef | Literal;
  readonly qualifiers?: Readonly<Record<string, string | number>>;
  readonly rank: Rank;
  /** Between 0 and 1: how sure the one who claims it is. */
  readonly confidence: number;
  readonly provenance: readonly Provenance[];
}
