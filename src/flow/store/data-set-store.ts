import type { DataSetId, DataSetOutput, DataSetVersion } from "../namespace/data-set.ts";

/** What happened in production. */
export type AuditAction = "promoted" | "rolled-back" | "removed" | "refused" | "token-made";

/** A record of what happened in production; never changed, and never removed. */
export interface AuditRecord {
  readonly entry: number;
  readonly project: string;
  readonly action: AuditAction;
  /** The data set; null when it was none. */
  readonly name: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly run: string | null;
  readonly atMs: number;
  readonly by: string | null;
  /** Diff, gates and reason, as whoever did it gave them. */
  readonly detail: unknown;
}

/** Who changes production, and the right to. */
export interface ProductionRight {
  readonly project: string;
  readonly token: string | undefined;
  readonly by: string | null;
}

/** What is to go into production. */
export interface Promotion extends ProductionRight {
  readonly run: string;
  /** Each data set with the version that its diff was made against; null when there was none. All of them, or none. */
  readonly dataSets: readonly { readonly name: string; readonly expected: number | null; readonly detail: unknown }[];
}

/** What is to be undone. */
export interface Rollback extends ProductionRight {
  readonly name: string;
  /** The version that is to be undone. */
  readonly expected: number;
  /** The version to go back to; the one before when null. */
  readonly to: number | null;
  readonly detail: unknown;
}

/** Which data sets are listed. */
export interface DataSetFilter {
  readonly project?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * Data sets and production. The namespace `prod` is written by {@link DataSetStore.promote} and
 * {@link DataSetStore.rollback} alone; the end of a run publishes into the run's own namespace.
 */
export interface DataSetStore {
  /** The published version of each data set that a run in the namespace sees: its own, else production's; by name. */
  resolve(project: string, namespace: string): Promise<readonly DataSetVersion[]>;
  /** All versions, those of a data set newest first. */
  versions(filter: DataSetFilter): Promise<readonly DataSetVersion[]>;
  /** @throws not-found */
  head(id: DataSetId): Promise<DataSetVersion>;
  /** What a run made, published or not, by name. */
  outputs(run: string): Promise<readonly DataSetOutput[]>;
  /**
   * Makes the outputs of a run that is done the published versions of production, in one step.
   * @throws refused without the right, when the run is not done or of another project, or when production has moved on
   */
  promote(promotion: Promotion): Promise<readonly DataSetVersion[]>;
  /** @throws refused without the right, or when production has moved on; not-found when there is nothing to go back to */
  rollback(rollback: Rollback): Promise<DataSetVersion>;
  /** Stores the hash of a new token; the first of a project needs no other. @throws refused */
  addToken(right: ProductionRight, hash: string): Promise<void>;
  /** Newest first. */
  audit(project: string, limit: number): Promise<readonly AuditRecord[]>;
  /** Records that production refused something. */
  recordRefusal(project: string, run: string, by: string | null, detail: unknown): Promise<void>;
}
