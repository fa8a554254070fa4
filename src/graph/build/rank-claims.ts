import type { Rank } from "../../ontology/index.ts";
import type { Draft } from "./draft.ts";
import type { MergedClaims } from "./merged-claims.ts";
import type { SettledRecords } from "./record-list.ts";

/** The ranks by code. */
export const rankNames: readonly Rank[] = ["preferred", "normal", "deprecated"];

const preferred = 0;
const normal = 1;
const deprecated = 2;

/**
 * Ranks claims. Where a relation allows one object and sources name several, the one that most sources name is
 * preferred; of equals the one that the earliest source names, then the first in order. The others stay normal.
 */
export function rankClaims(
  draft: Draft,
  claims: Omit<MergedClaims, "ranks">,
  withdrawn: Uint8Array,
  records: SettledRecords,
): Uint8Array {
  const ranks = Uint8Array.from(withdrawn, (flag) => (flag === 1 ? deprecated : normal));
  for (let start = 0; start < claims.count; ) {
    let end = start + 1;
    while (end < claims.count && sameQuestion(claims, start, end)) end++;
    const relation = draft.codes.relation(claims.relations[start] as number);
    if (end - start > 1 && relation.cardinality === "one") preferOne(draft, claims, records, ranks, start, end);
    start = end;
  }
  return ranks;
}

function sameQuestion(claims: Omit<MergedClaims, "ranks">, a: number, b: number): boolean {
  return claims.subjects[a] === claims.subjects[b] && claims.relations[a] === claims.relations[b];
}

function preferOne(
  draft: Draft,
  claims: Omit<MergedClaims, "ranks">,
  records: SettledRecords,
  ranks: Uint8Array,
  start: number,
  end: number,
): void {
  let best: { claim: number; voices: Voices } | undefined;
  let standing = 0;
  for (let claim = start; claim < end; claim++) {
    if (ranks[claim] === deprecated) continue;
    standing++;
    const voices = voicesFor(draft, claims, records, claim);
    if (!best || isStronger(voices, best.voices)) best = { claim, voices };
  }
  if (best && standing > 1) ranks[best.claim] = preferred;
}

interface Voices {
  readonly count: number;
  /** The place of the earliest source in the user's order; documents come after all sources. */
  readonly first: number;
}

function isStronger(a: Voices, b: Voices): boolean {
  return a.count !== b.count ? a.count > b.count : a.first < b.first;
}

/** Each source, and each document, is one voice however often it says so. */
function voicesFor(draft: Draft, claims: Omit<MergedClaims, "ranks">, records: SettledRecords, claim: number): Voices {
  const documentPlace = draft.records.sourceNames.length;
  const voices = new Set<number | string>();
  let first = documentPlace;
  for (let at = claims.offsets[claim] as number; at < (claims.offsets[claim + 1] as number); at++) {
    const origin = claims.origins[at] as number;
    if (origin < 0) {
      voices.add(draft.passages[-1 - origin]?.document ?? "");
      continue;
    }
    const source = records.sources[origin] as number;
    voices.add(source);
    first = Math.min(first, source);
  }
  return { count: voices.size, first };
}
