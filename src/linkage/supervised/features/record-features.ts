import { wordsOf } from "../../compare/index.ts";
import { type FeatureColumn, featuresOf, type PairedRecords } from "./paired-records.ts";
import { foldWords } from "./same-words.ts";
import { gramsOf, overlapOf, type TermVectors, termVectors } from "./term-vectors.ts";

const wordsMax = 400;
const charactersMax = 400;

const names = [
  "word cosine",
  "letter cosine",
  "rarity of left found",
  "rarity of right found",
  "rarity shared",
  "rarest shared word",
  "rarest word of left alone",
  "rarest word of right alone",
];

/** The words of whole records, whichever column holds them: what stands in the title here may be in the description there. */
export function recordFeatures(pairs: PairedRecords, texts: readonly (string | null)[]): FeatureColumn[] {
  const { words, grams } = recordVectors(texts);
  return featuresOf(
    names.map((name) => `record: ${name}`),
    pairs,
    (left, right, out) => {
      const [a, b] = [words.vectors[left], words.vectors[right]];
      const [gramsA, gramsB] = [grams.vectors[left], grams.vectors[right]];
      if (!a || !b || !gramsA || !gramsB) return;
      const overlap = overlapOf(a, b, words.rarity);
      out.set([
        overlap.cosine,
        overlapOf(gramsA, gramsB, grams.rarity).cosine,
        overlap.sharedMass / a.mass,
        overlap.sharedMass / b.mass,
        overlap.sharedMass,
        overlap.sharedRarest,
        overlap.leftRarest,
        overlap.rightRarest,
      ]);
    },
  );
}

/** The words and the runs of letters of whole records. */
export function recordVectors(texts: readonly (string | null)[]): { words: TermVectors; grams: TermVectors } {
  const folded = texts.map((text) => (text === null ? null : foldWords(text)));
  return {
    words: termVectors(folded, (text) => wordsOf(text).slice(0, wordsMax)),
    grams: termVectors(folded, (text) => gramsOf(text.slice(0, charactersMax))),
  };
}
