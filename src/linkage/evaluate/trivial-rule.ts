import type { RecordPair, RecordRef } from "./truth.ts";

/** A record as the trivial rule sees it. */
export interface TrivialRecord extends RecordRef {
  readonly title: string | null;
  readonly year: number | null;
}

/** NFKD, lower case, brackets dropped, a trailing article moved to the front, other signs but spaces removed. */
export function trivialTitle(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, " ")
    .trim();
  const moved = /^(.*),\s*(the|an|a)$/u.exec(plain);
  return (moved ? `${moved[2]} ${moved[1]}` : plain)
    .replace(/[^\p{L}\p{N}\s]+/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/**
 * The rule that every linkage must beat: titles equal after {@link trivialTitle}, both years present and within one.
 * Gives all such pairs across sources, and within them with `dedupe`.
 */
export function trivialRule(records: readonly TrivialRecord[], dedupe = false): RecordPair[] {
  const byTitle = Map.groupBy(
    records.filter((record) => record.title !== null && record.year !== null),
    (record) => trivialTitle(record.title as string),
  );
  const pairs: RecordPair[] = [];
  for (const [title, group] of byTitle) {
    if (title === "") continue;
    group.forEach((left, i) => {
      for (const right of group.slice(i + 1)) {
        const compared = dedupe || left.source !== right.source;
        if (compared && Math.abs((left.year as number) - (right.year as number)) <= 1) pairs.push({ left, right });
      }
    });
  }
  return pairs;
}
