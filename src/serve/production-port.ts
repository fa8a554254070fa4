import type { AuditRecord, BlobRef, DataSetVersion, GateOutcome } from "../flow/index.ts";

/** Counts, and shares between 0 and 1, by the names that gates have for them. Null is not known. */
export type FiguresView = Readonly<Record<string, number | null>>;

/** A version of a data set. */
export interface VersionView extends DataSetVersion {
  /** Whether production has the very same files; null where production has none of that name. */
  readonly isAsProduction: boolean | null;
}

/** Which versions are asked for. */
export interface VersionQuery {
  readonly project: string;
  /** All versions of one data set; else the published one of each. */
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

/** How a data set differs from what production has, and what the gates say to it. */
export interface ComparedView {
  readonly name: string;
  /** The version that production has; null when it has none. */
  readonly from: number | null;
  readonly kind: string;
  readonly figures: FiguresView;
  readonly gates: readonly GateOutcome[];
}

/** Something that happened in production. */
export interface ChangeView extends AuditRecord {
  readonly reason: string | null;
  /** What was compared; empty where nothing was, as of a rollback. */
  readonly compared: readonly ComparedView[];
}

/** One of two linkages in numbers. */
interface LinkageNumbers {
  readonly run: string;
  readonly records: number;
  readonly matches: number;
  readonly entities: number;
}

/** A match that came or went, with its cause. */
export interface MatchChangeView {
  readonly change: "new" | "lost";
  readonly cause: string;
  readonly detail: string;
  readonly left: string;
  readonly right: string;
  /** log2 of the posterior odds, and what became of the pair. */
  readonly before: { readonly weight: number | null; readonly outcome: string };
  readonly after: { readonly weight: number | null; readonly outcome: string };
}

/** How two linkages differ. */
export interface LinkageChangeView {
  readonly before: LinkageNumbers;
  readonly after: LinkageNumbers;
  readonly pairs: { readonly same: number; readonly new: number; readonly lost: number };
  readonly causes: readonly {
    readonly cause: string;
    readonly words: string;
    readonly new: number;
    readonly lost: number;
  }[];
  readonly entities: readonly {
    readonly change: string;
    readonly changes: number;
    readonly before: number;
    readonly after: number;
    readonly causes: Readonly<Record<string, number>>;
  }[];
  /** One of each cause and direction. */
  readonly examples: readonly MatchChangeView[];
}

/** What a run made beside what production has: what a promote of it would say. */
export interface ComparisonView {
  readonly run: string;
  readonly project: string;
  readonly isAllowed: boolean;
  readonly dataSets: readonly (ComparedView & { readonly linkage: LinkageChangeView | null })[];
}

/** What a run made. */
export interface RunDataSetsView {
  readonly project: string;
  readonly dataSets: readonly { readonly name: string; readonly versions: readonly VersionView[] }[];
}

/**
 * What the pages ask of data sets and of production, which they read and never change. It is handed in, since what a data set
 * holds, and which gates a project declares, is the business of the pipelines above.
 */
export interface ProductionPort {
  /** The project that is meant when none is named. @throws config-invalid */
  project(): Promise<string>;
  /** The projects that have data sets. */
  projects(): Promise<readonly string[]>;
  versions(query: VersionQuery): Promise<readonly VersionView[]>;
  /** What a version holds. @throws artifact-damaged */
  figures(manifest: BlobRef): Promise<{ readonly kind: string; readonly figures: FiguresView }>;
  /** Newest first. */
  history(query: {
    readonly project: string;
    readonly name?: string | undefined;
    readonly limit: number;
  }): Promise<readonly ChangeView[]>;
  /** @throws not-found */
  made(run: string): Promise<RunDataSetsView>;
  /** @throws not-found, refused for a run of another project than the one whose gates are declared, config-invalid */
  compare(run: string): Promise<ComparisonView>;
}
