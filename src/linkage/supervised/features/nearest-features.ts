import { type FeatureColumn, featuresOf, type PairedRecords } from "./paired-records.ts";
import type { TermVector, TermVectors } from "./term-vectors.ts";

/** Posting lists longer than this are of words that tell nothing. */
const postingsMax = 2000;

/**
 * Whether the two records are each other's nearest by cosine among *all* records of the other side, candidates or not, and
 * by how much: the pairs in the files matter less than in `contextFeatures`.
 */
export function nearestFeatures(pairs: PairedRecords, terms: TermVectors, label: string): FeatureColumn[] {
  const [leftRows, rightRows] = [
    Int32Array.from(new Set(pairs.left)).sort(),
    Int32Array.from(new Set(pairs.right)).sort(),
  ];
  const ofLeft = bestTwo(leftRows, rightRows, terms);
  const ofRight = bestTwo(rightRows, leftRows, terms);
  const names = ["best of left", "margin to the best of left", "best of right", "margin to the best of right"];
  return featuresOf(
    names.map((name) => `${label}: ${name}`),
    pairs,
    (left, right, out) => {
      const [a, b] = [ofLeft.get(left), ofRight.get(right)];
      if (!a || !b) return;
      const cosine = cosineOf(terms.vectors[left] as TermVector, terms.vectors[right] as TermVector);
      out.set([
        a.best,
        cosine - (a.row === right ? a.second : a.best),
        b.best,
        cosine - (b.row === left ? b.second : b.best),
      ]);
    },
  );
}

interface BestTwo {
  readonly row: number;
  readonly best: number;
  readonly second: number;
}

function bestTwo(of: Int32Array, among: Int32Array, { vectors }: TermVectors): Map<number, BestTwo> {
  const postings = new Map<number, { row: number; weight: number }[]>();
  for (const row of among) {
    const vector = vectors[row];
    vector?.terms.forEach((term, i) => {
      const list = postings.get(term) ?? [];
      list.push({ row, weight: vector.weights[i] as number });
      postings.set(term, list);
    });
  }
  const found = new Map<number, BestTwo>();
  const sums = new Float64Array(vectors.length);
  for (const row of of) {
    const vector = vectors[row];
    if (!vector) continue;
    const touched = new Set<number>();
    vector.terms.forEach((term, i) => {
      const list = postings.get(term) ?? [];
      if (list.length > postingsMax) return;
      for (const { row: other, weight } of list) {
        sums[other] = (sums[other] as number) + weight * (vector.weights[i] as number);
        touched.add(other);
      }
    });
    let [best, second, bestRow] = [0, 0, -1];
    for (const other of touched) {
      const sum = sums[other] as number;
      if (sum > best || (sum === best && other < bestRow)) [second, best, bestRow] = [best, sum, other];
      else if (sum > second) second = sum;
      sums[other] = 0;
    }
    found.set(row, { row: bestRow, best, second });
  }
  return found;
}

function cosineOf(a: TermVector, b: TermVector): number {
  let [i, j, cosine] = [0, 0, 0];
  while (i < a.terms.length && j < b.terms.length) {
    const [termA, termB] = [a.terms[i] as number, b.terms[j] as number];
    if (termA === termB) cosine += (a.weights[i++] as number) * (b.weights[j++] as number);
    else if (termA < termB) i++;
    else j++;
  }
  return cosine;
}
