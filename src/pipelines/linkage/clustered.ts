import type { BlobRef } from "../../flow/index.ts";
import type { Decision, Distrusted } from "../../linkage/index.ts";

/** What clustering found of one entity type. */
export interface ClusteredType {
  readonly entityType: string;
  /** Every kept pair with its outcome and reason. */
  readonly links: BlobRef;
  /** `cluster`, `source`, `id`, `outcome`: every record once, those of people named by works too. */
  readonly entities: BlobRef;
  readonly clusterCount: number;
  /** Identifiers that were not trusted, since too many records of a source have them. */
  readonly distrusted: readonly Distrusted[];
}

/** What became of a record, in the words of EIDR's registry. */
export type RecordOutcome = "new" | "match" | "review";

/** How many records had which outcome; `rejected` are the rows that were set aside. */
export type OutcomeCounts = Readonly<Record<RecordOutcome | "rejected", number>>;

/** What the step `cluster` gives. */
export interface JoinedRecords {
  readonly types: readonly ClusteredType[];
  /** Decisions about records of these sources that name no record, or contradict others or the records' levels. */
  readonly refusedDecisions: readonly Decision[];
}

/** The same with the files of pairs, which the step `write` makes: each in parts that follow a header. */
export interface Clustered extends JoinedRecords {
  readonly files: { readonly matches: readonly BlobRef[]; readonly review: readonly BlobRef[] };
  readonly counts: { readonly matches: number; readonly review: number };
}
