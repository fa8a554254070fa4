import type { Column } from "../../columns/index.ts";
import { type CompareContext, type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { foldText, wordsOf } from "./fold.ts";
import { keyLists } from "./key-lists.ts";

/** Text beyond this is not looked at. */
const charactersMax = 2000;
/** Texts of one row that are looked at. */
const textsMax = 8;

/** Compares running text by the cosine of its words, each weighted by how rare it is. */
export const textComparison: Comparison = {
  levels: [
    { label: "hardly a word in common", m: 0.1, u: 0.7, weightMax: 0 },
    { label: "few words in common", m: 0.2, u: 0.25, weightMax: 1 },
    { label: "some words in common", m: 0.25, u: 0.04, weightMin: 0 },
    { label: "many words in common", m: 0.25, u: 0.008, weightMin: 0 },
    { label: "nearly the same text", m: 0.2, u: 0.002, weightMin: 0 },
  ],
  ascending: [1, 2, 3, 4, 5],
  agreesFrom: 4,
  disagreesUpTo: 0,
  valueKeys: (text) => [...new Set(textWords(text))],
  keysSampled: true,
  prepare: prepareTexts,
};

function textWords(text: string): string[] {
  return wordsOf(foldText(text.length > charactersMax ? text.slice(0, charactersMax) : text));
}

function prepareTexts(column: Column, context: CompareContext): PairComparer {
  const weigh = (word: string): number =>
    Math.round(Math.log(1 + context.recordCount / context.frequency(word)) ** 2 * 1024);
  const lists = keyLists(column, textsMax, textWords, weigh);
  return (left, right) => {
    const a = lists.at(left);
    const b = lists.at(right);
    if (a.weight === 0 || b.weight === 0) return nullLevel;
    return cosineLevel(lists.overlap(a, b).weight / Math.sqrt(a.weight * b.weight));
  };
}

function cosineLevel(cosine: number): number {
  if (cosine >= 0.7) return 5;
  if (cosine >= 0.35) return 4;
  return cosine >= 0.15 ? 3 : cosine >= 0.06 ? 2 : 1;
}
