import type { CauseKind } from "../../linkage/index.ts";
import { publishedRecords } from "../explain/explain-records.ts";
import { openLinkage } from "../linkage/published-linkage.ts";
import type { PlainRecord } from "../linkage/read-records.ts";
import type { LinkageDiff } from "./diff-linkages.ts";
import type { PairDiff } from "./pair-diffs.ts";

/** A change with its two records as the linkages have them. */
export interface DiffExample {
  readonly pair: PairDiff;
  /** The left and the right record; null where a linkage does not have it. */
  readonly before: readonly [PlainRecord | null, PlainRecord | null];
  readonly after: readonly [PlainRecord | null, PlainRecord | null];
}

/** Of each cause and direction, the changes whose weight moved most (or is largest, where only one side knows it). */
export async function diffExamples(diff: LinkageDiff, most: number): Promise<DiffExample[]> {
  const best = new Map<string, PairDiff[]>();
  for (const pair of diff.pairDiffs()) {
    const key = `${pair.cause.kind} ${pair.change}`;
    const kept = [...(best.get(key) ?? []), pair].sort((a, b) => movedBy(b) - movedBy(a)).slice(0, most);
    best.set(key, kept);
  }
  const pairs = [...best.values()].flat().toSorted((a, b) => order(diff, a) - order(diff, b));
  const names = pairs.flatMap(({ left, right }) => [left, right]);
  const [before, after] = [
    await publishedRecords(await openLinkage(diff.before.directory), names),
    await publishedRecords(await openLinkage(diff.after.directory), names),
  ];
  const find = (records: readonly PlainRecord[], { source, id }: PairDiff["left"]): PlainRecord | null =>
    records.find((record) => record.source === source && record.id === id) ?? null;
  return pairs.map((pair) => ({
    pair,
    before: [find(before, pair.left), find(before, pair.right)],
    after: [find(after, pair.left), find(after, pair.right)],
  }));
}

function movedBy({ before, after }: PairDiff): number {
  if (before.weight !== null && after.weight !== null) return Math.abs(after.weight - before.weight);
  return Math.abs(before.weight ?? after.weight ?? 0);
}

/** The most frequent cause first, what is new before what is lost. */
function order({ causes }: LinkageDiff, { cause, change }: PairDiff): number {
  const ranked = causes.toSorted((a, b) => b.new + b.lost - a.new - a.lost).map((one): CauseKind => one.cause);
  return ranked.indexOf(cause.kind) * 2 + (change === "new" ? 0 : 1);
}
