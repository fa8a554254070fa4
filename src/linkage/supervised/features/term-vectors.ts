/** The distinct terms of one text, by ascending number. */
export interface TermVector {
  readonly terms: Int32Array;
  /** Weights of the terms by how often and how rare they are, of length one together. */
  readonly weights: Float64Array;
  /** The rarity of all its terms, added up. */
  readonly mass: number;
}

/** The terms of many texts. */
export interface TermVectors {
  /** By text; null where there is none. */
  readonly vectors: readonly (TermVector | null)[];
  /** Rarity by term number: near 0 for a term that all texts hold, 1 for one that a single text holds. */
  readonly rarity: Float64Array;
  /** The term under each number, in the order of code units. */
  readonly vocabulary: readonly string[];
}

/**
 * Weighs the terms of each text by their frequency in it and their rarity among all. Terms are numbered in the order of their
 * letters, so that the order of texts changes no bit of a sum.
 * G. Salton, C. Buckley, "Term-weighting Approaches in Automatic Text Retrieval", 1988 (logarithmic frequency, idf, cosine).
 */
export function termVectors(
  texts: readonly (string | null)[],
  termsOf: (text: string) => readonly string[],
): TermVectors {
  const counted = texts.map((text) => (text === null ? null : countTerms(termsOf(text))));
  const documents = new Map<string, number>();
  for (const counts of counted)
    for (const term of counts?.keys() ?? []) documents.set(term, (documents.get(term) ?? 0) + 1);
  const vocabulary = [...documents.keys()].sort();
  const numberOf = new Map(vocabulary.map((term, number) => [term, number]));
  const scale = Math.log(1 + texts.length);
  const rarity = Float64Array.from(
    vocabulary,
    (term) => Math.log(1 + texts.length / (documents.get(term) as number)) / scale,
  );
  const vectors = counted.map((counts) =>
    counts === null || counts.size === 0 ? null : vectorOf(counts, numberOf, rarity),
  );
  return { vectors, rarity, vocabulary };
}

function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function vectorOf(
  counts: ReadonlyMap<string, number>,
  numberOf: ReadonlyMap<string, number>,
  rarity: Float64Array,
): TermVector {
  const entries = [...counts]
    .map(([term, count]) => [numberOf.get(term) as number, count] as const)
    .sort(([a], [b]) => a - b);
  const terms = Int32Array.from(entries, ([term]) => term);
  const raw = entries.map(([term, count]) => (1 + Math.log(count)) * (rarity[term] as number));
  const length = Math.sqrt(raw.reduce((sum, weight) => sum + weight * weight, 0));
  const mass = terms.reduce((sum, term) => sum + (rarity[term] as number), 0);
  return { terms, weights: Float64Array.from(raw, (weight) => weight / length), mass };
}

/** What two texts have in common. */
export interface TermOverlap {
  readonly cosine: number;
  readonly shared: number;
  /** The rarity of the shared terms, added up. */
  readonly sharedMass: number;
  /** The rarest term of those that are shared, or in one text only; 0 where there is none. */
  readonly sharedRarest: number;
  readonly leftRarest: number;
  readonly rightRarest: number;
}

/** Merges two vectors. */
export function overlapOf(a: TermVector, b: TermVector, rarity: Float64Array): TermOverlap {
  let [cosine, shared, sharedMass, sharedRarest, leftRarest, rightRarest] = [0, 0, 0, 0, 0, 0];
  let [i, j] = [0, 0];
  while (i < a.terms.length || j < b.terms.length) {
    const termA = i < a.terms.length ? (a.terms[i] as number) : Infinity;
    const termB = j < b.terms.length ? (b.terms[j] as number) : Infinity;
    const rare = rarity[Math.min(termA, termB)] as number;
    if (termA === termB) {
      cosine += (a.weights[i] as number) * (b.weights[j] as number);
      shared++;
      sharedMass += rare;
      sharedRarest = Math.max(sharedRarest, rare);
    } else if (termA < termB) leftRarest = Math.max(leftRarest, rare);
    else rightRarest = Math.max(rightRarest, rare);
    if (termA <= termB) i++;
    if (termB <= termA) j++;
  }
  return { cosine: Math.min(1, cosine), shared, sharedMass, sharedRarest, leftRarest, rightRarest };
}

/** The runs of `length` letters of a text, its ends marked. */
export function gramsOf(text: string, length = 3): string[] {
  const padded = ` ${text} `;
  const grams: string[] = [];
  for (let i = 0; i + length <= padded.length; i++) grams.push(padded.slice(i, i + length));
  return grams;
}
