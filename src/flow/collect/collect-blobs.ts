import type { CollectableStore, HeldBlob } from "../store/artifact-store.ts";
import type { CollectionStore, Excluded } from "../store/collection-store.ts";
import { Marking } from "./mark.ts";
import type { Collected, CollectionProgress, Kept } from "./report.ts";
import { graceMs } from "./retention.ts";

/** Blobs between two looks at the lease. */
const batchBlobs = 1_000;

/** What the sweep of blobs needs. */
export interface BlobParts {
  readonly rows: CollectionStore;
  readonly store: CollectableStore;
  /** What is about to go, of a dry run. */
  readonly excluded: Excluded;
  readonly isDry: boolean;
  readonly nowMs: number;
  readonly onProgress: (progress: CollectionProgress) => void;
  /** @throws when the right to remove is lost */
  assertLease(): void;
}

/** What became of the blobs. */
export interface BlobsCollected {
  readonly collected: Collected;
  readonly kept: readonly Kept[];
  readonly marked: ReadonlySet<string>;
  /** What was used since then stays. */
  readonly sinceMs: number;
}

/**
 * Mark and sweep. In this order: what there is; since when attempts may be writing what no row names yet; what the rows name. A blob
 * that is named later was put later, and a put dates what it finds: the sweep looks at the date again as it takes a blob.
 */
export async function collectBlobs(parts: BlobParts): Promise<BlobsCollected> {
  const { rows, store, nowMs, onProgress } = parts;
  const all: HeldBlob[] = [];
  for await (const page of store.list()) {
    all.push(...page);
    onProgress({ stage: "listing blobs", done: all.length, total: null });
  }
  const oldestMs = Math.min(nowMs, (await rows.oldestAttemptMs()) ?? nowMs);
  const sinceMs = oldestMs - graceMs;
  const marked = await markedBlobs(parts, all);
  const unnamed = all.filter(({ blob }) => !marked.has(blob));
  const unused = unnamed.filter(({ usedMs }) => usedMs < sinceMs);
  const removed = parts.isDry ? unused : await sweep(parts, unused, sinceMs);
  const gone = new Set(removed.map(({ blob }) => blob));
  const named = all.filter(({ blob }) => marked.has(blob));
  const young = unnamed.filter(({ blob }) => !gone.has(blob));
  return {
    collected: blobs(removed),
    kept: [
      { ...blobs(named), why: "named" },
      { ...blobs(young), why: "recent" },
    ],
    marked,
    sinceMs,
  };
}

async function markedBlobs(
  { rows, store, excluded, onProgress }: BlobParts,
  all: readonly HeldBlob[],
): Promise<ReadonlySet<string>> {
  const inventory = new Map(all.map(({ blob, byteCount }) => [blob, byteCount]));
  const marking = new Marking(store, inventory, (done, total) =>
    onProgress({ stage: "reading artifacts", done, total }),
  );
  for await (const texts of rows.references(excluded)) marking.add(texts);
  await marking.follow();
  return marking.marked;
}

async function sweep({ store, onProgress, assertLease }: BlobParts, unused: readonly HeldBlob[], sinceMs: number) {
  const removed: HeldBlob[] = [];
  for (let first = 0; first < unused.length; first += batchBlobs) {
    assertLease();
    removed.push(...(await store.removeUnused(unused.slice(first, first + batchBlobs), sinceMs)));
    const done = Math.min(first + batchBlobs, unused.length);
    onProgress({ stage: "removing blobs", done, total: unused.length });
  }
  return removed;
}

function blobs(held: readonly HeldBlob[]): Collected {
  const byteCount = held.reduce((sum, each) => sum + each.byteCount, 0);
  return { kind: "blobs", count: held.length, byteCount };
}
