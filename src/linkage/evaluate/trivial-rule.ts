import { type RecordPair, type RecordRef, recordKey } from "./truth.ts";

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

/** A record that the rule can say something of. */
export interface TitledRecord extends RecordRef {
  readonly year: number;
}

/** The records with a title and a year, by {@link trivialTitle}. */
export function byTrivialTitle(records: readonly TrivialRecord[]): Map<string, TitledRecord[]> {
  const groups = new Map<string, TitledRecord[]>();
  for (const { source, id, title, year } of records) {
    const key = title === null || year === null ? "" : trivialTitle(title);
    if (key === "") continue;
    const group = groups.get(key) ?? [];
    group.push({ source, id, year: year as number });
    groups.set(key, group);
  }
  return groups;
}

/**
 * The rule that every linkage must beat: titles equal after {@link trivialTitle}, both years present and within one.
 * Gives all such pairs across sources, and within them with `dedupe`.
 */
export function trivialRule(records: readonly TrivialRecord[], dedupe = false): RecordPair[] {
  const pairs: RecordPair[] = [];
  for (const group of byTrivialTitle(records).values()) {
    group.forEach((left, i) => {
      for (const right of group.slice(i + 1)) {
        const compared = dedupe || left.source !== right.source;
        if (compared && Math.abs(left.year - right.year) <= 1) pairs.push({ left, right });
      }
    });
  }
  return pairs;
}

/** What the trivial rule says of any pair, without a list of all pairs. */
export function trivialMatcher(records: readonly TrivialRecord[], dedupe: boolean): (pair: RecordPair) => boolean {
  const titled = new Map<string, { readonly title: string; readonly year: number }>();
  for (const [title, group] of byTrivialTitle(records))
    for (const record of group) titled.set(recordKey(record), { title, year: record.year });
  return ({ left, right }) => {
    const [a, b] = [titled.get(recordKey(left)), titled.get(recordKey(right))];
    const compared = dedupe || left.source !== right.source;
    return compared && a !== undefined && a.title === b?.title && Math.abs(a.year - b.year) <= 1;
  };
}
