import { jaroWinkler } from "../../compare/similarity.ts";
import type { TermVector } from "./term-vectors.ts";

/** How well the terms of one text are found in another, near spellings counted. */
export interface SoftOverlap {
  /** The mean of each term's best similarity. A. E. Monge, C. P. Elkan, "The Field Matching Problem", 1996. */
  readonly mongeElkanLeft: number;
  readonly mongeElkanRight: number;
  /** The share of rarity that is found. W. Cohen, P. Ravikumar, S. Fienberg, "A Comparison of String Metrics", 2003. */
  readonly foundLeft: number;
  readonly foundRight: number;
}

const termsMax = 40;
const similarityMin = 0.85;
/** Similarities that are remembered; then they are forgotten, so that memory is bounded. */
const knownMax = 1_000_000;

/** Compares term by term, by Jaro-Winkler where terms are not equal; memoised by pair of terms. */
export class SoftMatcher {
  readonly #vocabulary: readonly string[];
  readonly #rarity: Float64Array;
  readonly #known = new Map<number, number>();

  constructor(vocabulary: readonly string[], rarity: Float64Array) {
    this.#vocabulary = vocabulary;
    this.#rarity = rarity;
  }

  overlap(a: TermVector, b: TermVector): SoftOverlap {
    const [termsA, termsB] = [a.terms.subarray(0, termsMax), b.terms.subarray(0, termsMax)];
    const left = this.#found(termsA, termsB);
    const right = this.#found(termsB, termsA);
    return { mongeElkanLeft: left.mean, mongeElkanRight: right.mean, foundLeft: left.share, foundRight: right.share };
  }

  #found(of: Int32Array, among: Int32Array): { mean: number; share: number } {
    let [sum, mass, foundMass] = [0, 0, 0];
    for (const term of of) {
      let best = 0;
      for (const other of among) best = Math.max(best, this.#similarity(term, other));
      const rare = this.#rarity[term] as number;
      sum += best;
      mass += rare;
      if (best >= similarityMin) foundMass += rare * best;
    }
    return { mean: sum / of.length, share: foundMass / mass };
  }

  #similarity(a: number, b: number): number {
    if (a === b) return 1;
    const key = Math.min(a, b) * this.#vocabulary.length + Math.max(a, b);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const similarity = jaroWinkler(
      this.#vocabulary[Math.min(a, b)] as string,
      this.#vocabulary[Math.max(a, b)] as string,
    );
    if (this.#known.size >= knownMax) this.#known.clear();
    this.#known.set(key, similarity);
    return similarity;
  }
}
