import type { Column } from "../../../columns/index.ts";
import { editDistance, jaroWinkler } from "../../compare/similarity.ts";
import { wordsOf } from "../../compare/index.ts";
import { type FeatureColumn, featuresOf, type PairedRecords } from "./paired-records.ts";
import { columnTexts } from "./record-texts.ts";
import { foldWords } from "./same-words.ts";
import { SoftMatcher } from "./soft-overlap.ts";
import { gramsOf, overlapOf, type TermVector, termVectors } from "./term-vectors.ts";

/** Letters of a text that are compared one by one. */
const charactersMax = 200;
/** Words of a text that are looked at. */
const wordsMax = 400;

const names = [
  "equal",
  "word jaccard",
  "word containment",
  "word cosine",
  "letter cosine",
  "jaro-winkler",
  "edit similarity",
  "near words of left",
  "near words of right",
  "rarity of left found",
  "rarity of right found",
  "rarest shared word",
  "rarest word of left alone",
  "rarest word of right alone",
  "same first word",
  "same last word",
  "one within the other",
  "length ratio",
  "words of left",
  "words of right",
];

/** How alike the texts of one column are, in many ways. */
export function textFeatures(pairs: PairedRecords, column: Column): FeatureColumn[] {
  const texts = columnTexts(column, pairs.records.rowCount).map((text) => (text === null ? null : foldWords(text)));
  const words = termVectors(texts, (text) => wordsOf(text).slice(0, wordsMax));
  const grams = termVectors(texts, (text) => gramsOf(text.slice(0, charactersMax * 2)));
  const soft = new SoftMatcher(words.vocabulary, words.rarity);
  const labels = names.map((name) => `${column.name}: ${name}`);
  return featuresOf(labels, pairs, (left, right, out) => {
    const [a, b] = [texts[left] ?? "", texts[right] ?? ""];
    const [vectorA, vectorB] = [words.vectors[left], words.vectors[right]];
    if (!vectorA || !vectorB) return;
    const overlap = overlapOf(vectorA, vectorB, words.rarity);
    const near = soft.overlap(vectorA, vectorB);
    const [gramsA, gramsB] = [grams.vectors[left] as TermVector, grams.vectors[right] as TermVector];
    const [countA, countB] = [vectorA.terms.length, vectorB.terms.length];
    out.set([
      a === b ? 1 : 0,
      overlap.shared / (countA + countB - overlap.shared),
      overlap.shared / Math.min(countA, countB),
      overlap.cosine,
      overlapOf(gramsA, gramsB, grams.rarity).cosine,
      jaroWinkler(a.slice(0, charactersMax), b.slice(0, charactersMax)),
      editSimilarity(a, b),
      near.mongeElkanLeft,
      near.mongeElkanRight,
      near.foundLeft,
      near.foundRight,
      overlap.sharedRarest,
      overlap.leftRarest,
      overlap.rightRarest,
      ...endsOf(a, b),
      isWithin(a, b) ? 1 : 0,
      Math.min(a.length, b.length) / Math.max(a.length, b.length),
      countA,
      countB,
    ]);
  });
}

/** One less the share of letters that must be edited. */
function editSimilarity(a: string, b: string): number {
  const [shortA, shortB] = [a.slice(0, charactersMax), b.slice(0, charactersMax)];
  const longest = Math.max(shortA.length, shortB.length);
  return longest === 0 ? 1 : 1 - editDistance(shortA, shortB, longest) / longest;
}

function endsOf(a: string, b: string): [number, number] {
  const [wordsA, wordsB] = [wordsOf(a), wordsOf(b)];
  return [wordsA[0] === wordsB[0] ? 1 : 0, wordsA.at(-1) === wordsB.at(-1) ? 1 : 0];
}

/** Without spaces, the shorter is a part of the longer. */
function isWithin(a: string, b: string): boolean {
  const [plainA, plainB] = [a.replaceAll(" ", ""), b.replaceAll(" ", "")];
  return plainA.length <= plainB.length ? plainB.includes(plainA) : plainA.includes(plainB);
}
