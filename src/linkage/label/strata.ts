/** What became of a pair, as far as estimates care. */
export type PairPool = "match" | "review" | "other";

/** Matches are measured band by band: errors are rare where the model is sure, and most matches lie there. */
const bandEdges = [0.9, 0.99, 0.999];

/** The strata of matches, from the least sure band; then that of pairs for review. */
export const matchStrata: readonly number[] = [0, ...bandEdges.map((_, i) => i + 1)];

/** The stratum of pairs for review. */
export const reviewStratum = matchStrata.length;

/** The stratum of a pair, a number; null for pairs that no estimate speaks of. */
export function stratumOf(pool: PairPool, probability: number): number | null {
  if (pool === "match") return bandEdges.filter((edge) => probability >= edge).length;
  return pool === "review" ? reviewStratum : null;
}
