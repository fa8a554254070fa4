import type { Table } from "../../columns/index.ts";
import type { Claim, Ontology } from "../../ontology/index.ts";
import type { FieldRelation } from "./field-relations.ts";

/** A field of cleaned records, as the graph needs it (a `Field` of the records room fits). */
export interface GraphField {
  readonly name: string;
  /** The field's kind; `title` and `name` give labels, `level` decides the entity type. */
  readonly kind: string;
  readonly list: boolean;
}

/** Cleaned records of one source: a column `id` and one a field (a `RecordBatch` of the records room fits). */
export interface GraphRecordBatch {
  readonly source: string;
  /** An entity type of the ontology; a broad one such as `work` is narrowed by the records' level. */
  readonly entityType: string;
  readonly fields: readonly GraphField[];
  readonly table: Table;
}

/**
 * Says which entity a name in a record's field stands for: a key as `clusterOf` gives it (any text of the caller's
 * own for people without records), `undefined` for "the person of exactly that name", `null` for "cannot be told",
 * which gives no claim and is listed as unresolved.
 */
export type NameResolver = (source: string, recordId: string, field: string, name: string) => string | null | undefined;

/** What a graph is built from. The order of batches and claims never shows in the result. */
export interface GraphInput {
  readonly ontology: Ontology;
  /** Source names in the order the user gave them: it settles ties. */
  readonly sources: readonly string[];
  readonly batches: AsyncIterable<GraphRecordBatch> | Iterable<GraphRecordBatch>;
  /** The key of the cluster a record belongs to; `undefined` for a record that stands alone. */
  readonly clusterOf: (source: string, recordId: string) => string | undefined;
  /** Default: a name is the person of that name. */
  readonly resolveName?: NameResolver;
  /** Claims from documents and people. */
  readonly claims?: Iterable<Claim>;
  /** How fields become relations; default {@link filmFieldRelations}. */
  readonly fieldRelations?: readonly FieldRelation[];
}
