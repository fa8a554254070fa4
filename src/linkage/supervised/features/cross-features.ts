import type { Column } from "../../../columns/index.ts";
import { wordsOf } from "../../compare/index.ts";
import { type FeatureColumn, featuresOf, type PairedRecords } from "./paired-records.ts";
import { columnTexts } from "./record-texts.ts";
import { foldWords } from "./same-words.ts";

/** How much of the main text of one record is found anywhere in the other, weighed by the rarity of its words. */
export function crossFeatures(pairs: PairedRecords, main: Column, texts: readonly (string | null)[]): FeatureColumn[] {
  const whole = texts.map((text) => new Set(text === null ? [] : wordsOf(foldWords(text))));
  const mains = columnTexts(main, pairs.records.rowCount).map((text) =>
    text === null ? [] : wordsOf(foldWords(text)),
  );
  const rarityOf = rarities(whole);
  const found = (words: readonly string[], among: ReadonlySet<string>): number => {
    let [sum, all] = [0, 0];
    for (const word of words) {
      const rarity = rarityOf(word);
      all += rarity;
      if (among.has(word)) sum += rarity;
    }
    return all === 0 ? Number.NaN : sum / all;
  };
  const at = (list: readonly string[][], row: number) => list[row] as string[];
  const names = [
    "of left in right record",
    "of right in left record",
    "first word of left in right record",
    "first word of right in left record",
  ];
  return featuresOf(
    names.map((name) => `${main.name}: ${name}`),
    pairs,
    (left, right, out) => {
      const [a, b] = [at(mains, left), at(mains, right)];
      const [wholeA, wholeB] = [whole[left] as Set<string>, whole[right] as Set<string>];
      out.set([found(a, wholeB), found(b, wholeA), holds(wholeB, a[0]), holds(wholeA, b[0])]);
    },
  );
}

function holds(words: ReadonlySet<string>, word: string | undefined): number {
  return word === undefined ? Number.NaN : Number(words.has(word));
}

function rarities(records: readonly ReadonlySet<string>[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const words of records) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + records.length / (counts.get(word) ?? 1));
}
