import type { RunStatus } from "../run-record.ts";

/** What a collection decides about a run by. */
export interface RunFacts {
  readonly run: string;
  readonly flow: string;
  readonly project: string;
  readonly namespace: string | null;
  /** `running` for a run that somebody holds. */
  readonly status: RunStatus;
  /** When it ended; of one that did not, the last sign of life. */
  readonly endedMs: number;
  readonly tags: readonly string[];
  /** The data sets it sees, by {@link versionName}. */
  readonly pins: readonly string[];
}

/** A version of a data set, by its place. */
export interface VersionPlace {
  readonly project: string;
  readonly namespace: string;
  readonly name: string;
  readonly version: number;
}

/** One text for a version. */
export function versionName({ project, namespace, name, version }: VersionPlace): string {
  return `${project}/${namespace}/${name}@${version}`;
}

/** What is left out of the references that are read: what is to go. */
export interface Excluded {
  readonly runs: ReadonlySet<string>;
  /** By {@link versionName}. */
  readonly versions: ReadonlySet<string>;
}

/** Who removes versions of production, and the token that lets them. */
export interface RemovalRight {
  readonly token: string | undefined;
  readonly by: string | null;
}

/** Who collects. */
export interface Collector {
  /** Random. */
  readonly owner: string;
  readonly pid: number;
  readonly hostName: string;
}

/** What `kindred gc` needs of run metadata. Rows go first, each run in a transaction of its own; blobs only when no row names them. */
export interface CollectionStore {
  /** A name of this metadata, which no other has. */
  identity(): Promise<string>;
  /** Takes the right to remove. @throws run-locked when another collection is under way */
  begin(collector: Collector): Promise<void>;
  /** False when another has taken it over. */
  renew(collector: Collector): Promise<boolean>;
  end(collector: Collector): Promise<void>;
  /** All runs, newest first. */
  runs(): Promise<readonly RunFacts[]>;
  /**
   * Removes a run with its steps, tasks and attempts, whose use is added to that of its day. False when it is not as it was seen,
   * or production refers to it.
   */
  removeRun(seen: RunFacts): Promise<boolean>;
  /** False when it is published, or gone. One of production is put on record. @throws refused when that takes a right that this is not */
  removeVersion(version: VersionPlace, right: RemovalRight): Promise<boolean>;
  /** Gives the room of removed rows back to the disk while others use the rest. `beforeStep` may throw, which ends it. */
  giveBack(beforeStep: () => void): Promise<void>;
  /** When the first of the attempts began that may be under way; null when none is. */
  oldestAttemptMs(): Promise<number | null>;
  /** Everything in the rows that may name a blob, in pieces. @throws artifact-damaged when a row is not what was written */
  references(excluded: Excluded): AsyncIterable<readonly string[]>;
}
