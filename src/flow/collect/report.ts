import type { DataSetVersion } from "../namespace/data-set.ts";
import type { RunFacts } from "../store/collection-store.ts";

/** What a collection takes away. */
export type CollectedKind =
  | "runs"
  | "versions"
  | "blobs"
  | "leftovers"
  | "logs"
  | "task-folders"
  | "blob-copies"
  | "code"
  | "compiled";

/** So much of a kind. Rows have no bytes of their own: how much a database gives back is not known before. */
export interface Collected {
  readonly kind: CollectedKind;
  readonly count: number;
  readonly byteCount: number;
}

/** So much of a kind that stays, and why. */
export interface Kept extends Collected {
  readonly why: string;
}

/** What a collection took away, or would. */
export interface CollectionReport {
  readonly isDry: boolean;
  readonly collected: readonly Collected[];
  readonly kept: readonly Kept[];
  /** The runs that went. */
  readonly runs: readonly RunFacts[];
  /** The versions of data sets that went. */
  readonly versions: readonly DataSetVersion[];
}

/** How far a collection is. */
export interface CollectionProgress {
  readonly stage: "removing runs" | "listing blobs" | "reading artifacts" | "removing blobs" | "cleaning the home";
  readonly done: number;
  /** Null when it is not known before the end. */
  readonly total: number | null;
}

/** How many rows of a kind stay for each reason; one that is kept for none goes. */
export function keptRows(kind: CollectedKind, decided: readonly { readonly kept: string | null }[]): readonly Kept[] {
  const counts = new Map<string, number>();
  for (const { kept } of decided) if (kept !== null) counts.set(kept, (counts.get(kept) ?? 0) + 1);
  return [...counts].map(([why, count]) => ({ kind, byteCount: 0, why, count }));
}
