import type { BeyondStep, EvidenceStep } from "../linkage/index.ts";

/** A record by its source and id. */
export interface RecordName {
  readonly source: string;
  readonly id: string;
}

/** A cleaned record: values by field. */
export interface RecordView extends RecordName {
  readonly entityType: string;
  readonly values: Readonly<Record<string, string | number | readonly string[] | null>>;
}

/** A kept pair and what became of it. */
export interface LinkView {
  readonly left: RecordName & { readonly label: string };
  readonly right: RecordName & { readonly label: string };
  readonly entityType: string;
  readonly probability: number;
  /** log2 of the posterior odds. */
  readonly weight: number;
  readonly outcome: "match" | "review" | "rejected";
  /** Why it is in review or rejected; empty for a match. */
  readonly reason: string;
}

/** Why a pair is, or is not, one entity. */
export interface PairView {
  readonly left: RecordView;
  readonly right: RecordView;
  readonly entityType: string;
  readonly rule: string | null;
  readonly priorWeight: number;
  readonly steps: readonly EvidenceStep[];
  readonly beyond: readonly BeyondStep[];
  readonly weight: number;
  readonly probability: number;
  readonly outcome: LinkView["outcome"] | "not kept";
  readonly reason: string;
}

/** An entity that a record of a pair belongs to. */
export interface PairEntity {
  readonly id: string;
  readonly label: string;
}

/** A pair as the server answers it: the evidence, and what the two records belong to at present. */
export interface PairAnswer extends PairView {
  readonly entities: { readonly left: PairEntity | null; readonly right: PairEntity | null };
}

/** What someone decided about a pair. */
export interface NewDecisionView {
  readonly kind: "same" | "different";
  readonly left: RecordName;
  readonly right: RecordName;
  readonly reason?: string | undefined;
}

/** A decision in the log. */
export interface DecisionView extends NewDecisionView {
  readonly event: number;
  readonly madeMs: number;
  readonly revoked: boolean;
}

/** Some of the kept pairs, and how many there are. */
export interface LinkPage {
  readonly total: number;
  readonly links: readonly LinkView[];
}

/**
 * What the pages ask of a published linkage. The server knows the graph and the runs itself; the linkage is handed in,
 * since how it is stored is the business of the pipelines above.
 */
export interface LinkagePort {
  /** The run that published it. @throws not-found while nothing is published */
  run(): Promise<string>;
  /** @throws not-found, argument-invalid */
  explain(left: RecordName, right: RecordName): Promise<PairView>;
  /** The kept pairs among these records. */
  links(members: readonly RecordName[]): Promise<readonly LinkView[]>;
  /** The least certain merges first, or the pairs kept for review, the likeliest first. */
  merges(kind: "weakest" | "review", offset: number, limit: number): Promise<LinkPage>;
  records(names: readonly RecordName[]): Promise<readonly RecordView[]>;
  /** Logs the decision, clusters again and publishes. */
  decide(decision: NewDecisionView): Promise<{ readonly run: string; readonly event: number }>;
  /** Takes a decision back, clusters again and publishes. */
  revoke(event: number): Promise<{ readonly run: string }>;
  decisions(): Promise<readonly DecisionView[]>;
}
