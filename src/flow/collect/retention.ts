/** How long what runs leave is kept, and how much of it. */
export interface Retention {
  /** Runs are kept so long after their end, versions of data sets so long after another took their place. */
  readonly keepMs: number;
  /** The newest runs of each flow and namespace that are done are kept however old they are. */
  readonly keepRuns: number;
  /** Versions of each data set that production keeps; all of them when null. */
  readonly productionVersions: number | null;
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Where a project says nothing else: a month is what people look back, and the last good run is what the next is compared with. */
export const defaultRetention: Retention = { keepMs: 30 * dayMs, keepRuns: 1, productionVersions: null };

/** What was put within so long is spared though nothing names it: it may be on its way into a row. Clocks may be as far apart. */
export const graceMs = 60 * 60 * 1_000;

/** The tag that keeps a run. */
export const keepTag = "keep";

/** Why a run is kept. */
export type RunKept = "running" | "tagged" | "recent" | "newest" | "production" | "other-project";

/** Why a version of a data set is kept. */
export type VersionKept = "published" | "recent" | "newest" | "pinned" | "production" | "other-project";
