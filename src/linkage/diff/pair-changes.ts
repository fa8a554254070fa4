import { GrowingInt32 } from "../../columns/index.ts";

/** The pairs that a linkage kept, over a numbering of records that both linkages share. */
export interface PairColumns {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 for a match. */
  readonly isMatch: Uint8Array;
}

/** The pairs that are a match in one linkage and not in the other, as places in the columns of both. */
export interface PairChanges {
  /** The place of each changed pair; -1 where the linkage did not keep it. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** Matches that both have. */
  readonly sameCount: number;
}

/**
 * Which matches came and which went, whichever record of a pair is named first. Gives them in the order of their records.
 * @param recordCount how many records are numbered; the square of it must be a safe whole number
 */
export function pairChanges(before: PairColumns, after: PairColumns, recordCount: number): PairChanges {
  const [a, b] = [sortedPairs(before, recordCount), sortedPairs(after, recordCount)];
  const [placesBefore, placesAfter] = [new GrowingInt32(), new GrowingInt32()];
  let sameCount = 0;
  for (let i = 0, j = 0; i < a.keys.length || j < b.keys.length; ) {
    const [keyA, keyB] = [a.keys[i] ?? Number.POSITIVE_INFINITY, b.keys[j] ?? Number.POSITIVE_INFINITY];
    const placeA = keyA <= keyB ? (a.places[i] as number) : -1;
    const placeB = keyB <= keyA ? (b.places[j] as number) : -1;
    const wasMatch = placeA >= 0 && before.isMatch[placeA] === 1;
    const isMatch = placeB >= 0 && after.isMatch[placeB] === 1;
    if (wasMatch !== isMatch) {
      placesBefore.push(placeA);
      placesAfter.push(placeB);
    } else if (wasMatch) sameCount++;
    if (placeA >= 0) i++;
    if (placeB >= 0) j++;
  }
  return { before: placesBefore.toArray(), after: placesAfter.toArray(), sameCount };
}

function sortedPairs(
  { left, right }: PairColumns,
  recordCount: number,
): { readonly keys: Float64Array; readonly places: Int32Array } {
  const keyAt = (place: number): number => {
    const [a, b] = [left[place] as number, right[place] as number];
    return Math.min(a, b) * recordCount + Math.max(a, b);
  };
  const unsorted = Float64Array.from(left, (_, place) => keyAt(place));
  const places = Int32Array.from(left.keys());
  // Clustering writes pairs in the order of their records, which is mostly this order already.
  if (unsorted.some((key, place) => place > 0 && key < (unsorted[place - 1] as number)))
    places.sort((x, y) => (unsorted[x] as number) - (unsorted[y] as number));
  return { keys: Float64Array.from(places, (place) => unsorted[place] as number), places };
}
