import type { Dictionary, TextListColumn } from "../../columns/index.ts";
import { editDistance } from "./edit-distance.ts";

/** What the token table gives. */
export interface TokenColumns {
  /** The words of all labels in order. */
  readonly words: Dictionary;
  /** The entities of each word. */
  readonly postings: TextListColumn;
  readonly count: number;
}

/** A word of the index that fits a word of a query: `likeness` 1 is the same word. */
export interface TokenHit {
  readonly token: number;
  readonly likeness: number;
}

/** The words of all labels, found by themselves, by their beginning, or nearly. */
export interface TokenIndex {
  readonly count: number;
  /** The word itself, or undefined. */
  exact(word: string): number | undefined;
  /** Words that begin so, at most `limit` of them. */
  withPrefix(prefix: string, limit: number): TokenHit[];
  /** Words that share many trigrams, the nearest first. */
  nearly(word: string, limit: number): TokenHit[];
  /** The entities of a word, without a copy. */
  entitiesOf(token: number): Int32Array;
}

const bucketCount = 1 << 15;
/** Two of three letters must stand. */
const minLikeness = 0.66;
/** How many words with shared trigrams are compared letter by letter. */
const maxCandidates = 400;
/** Longer words differ in length by more letters before they are something else. */
const lengthTolerance = 2;

/** Builds the index. The words are decoded, as trigrams and binary searches need them all; labels are not. */
export function tokenIndex({ words, postings, count }: TokenColumns): TokenIndex {
  const texts = Array.from({ length: count }, (_, token) => words.get(token));
  const trigrams = trigramRows(texts);
  const lowerBound = (word: string): number => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((texts[middle] as string) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    count,
    exact(word) {
      const at = lowerBound(word);
      return at < count && texts[at] === word ? at : undefined;
    },
    withPrefix(prefix, limit) {
      const hits: TokenHit[] = [];
      for (let token = lowerBound(prefix); token < count && hits.length < limit; token++) {
        const text = texts[token] as string;
        if (!text.startsWith(prefix)) break;
        hits.push({ token, likeness: prefix.length / text.length });
      }
      return hits;
    },
    nearly: (word, limit) => nearest(trigrams, texts, word, limit),
    entitiesOf: (token) => postings.values.subarray(postings.offsets[token], postings.offsets[token + 1]),
  };
}

interface TrigramRows {
  readonly offsets: Int32Array;
  readonly tokens: Int32Array;
}

/** The words under each trigram bucket. Two trigrams may share a bucket: likeness is checked on the words themselves. */
function trigramRows(texts: readonly string[]): TrigramRows {
  const offsets = new Int32Array(bucketCount + 1);
  eachTrigram(texts, (bucket) => {
    offsets[bucket + 1] = (offsets[bucket + 1] as number) + 1;
  });
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    offsets[bucket + 1] = (offsets[bucket + 1] as number) + (offsets[bucket] as number);
  }
  const next = offsets.slice();
  const tokens = new Int32Array(offsets[bucketCount] as number);
  eachTrigram(texts, (bucket, token) => {
    const at = next[bucket] as number;
    next[bucket] = at + 1;
    tokens[at] = token;
  });
  return { offsets, tokens };
}

function eachTrigram(texts: readonly string[], visit: (bucket: number, token: number) => void): void {
  texts.forEach((text, token) => {
    for (const bucket of trigramBuckets(text)) visit(bucket, token);
  });
}

/** The distinct trigrams of a word with its ends marked, each as a bucket. */
function trigramBuckets(word: string): Set<number> {
  const marked = `\u0002${word}\u0003`;
  const buckets = new Set<number>();
  for (let at = 0; at + 3 <= marked.length; at++) {
    const code =
      Math.imul(marked.charCodeAt(at), 961) + Math.imul(marked.charCodeAt(at + 1), 31) + marked.charCodeAt(at + 2);
    buckets.add(Math.imul(code, 0x9e3779b1) >>> 17);
  }
  return buckets;
}

/** Words that share trigrams, the most first; the best of them by edit distance. */
function nearest(rows: TrigramRows, texts: readonly string[], word: string, limit: number): TokenHit[] {
  const shared = new Map<number, number>();
  for (const bucket of trigramBuckets(word)) {
    for (let at = rows.offsets[bucket] as number; at < (rows.offsets[bucket + 1] as number); at++) {
      const token = rows.tokens[at] as number;
      const lengthDifference = Math.abs((texts[token] as string).length - word.length);
      if (lengthDifference <= lengthTolerance) shared.set(token, (shared.get(token) ?? 0) + 1);
    }
  }
  const candidates = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, maxCandidates);
  return candidates
    .map(([token]) => ({ token, likeness: likeness(word, texts[token] as string) }))
    .filter((hit) => hit.likeness >= minLikeness)
    .sort((a, b) => b.likeness - a.likeness || a.token - b.token)
    .slice(0, limit);
}

function likeness(a: string, b: string): number {
  return 1 - editDistance(a, b) / Math.max(a.length, b.length);
}
