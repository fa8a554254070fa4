import type { Column } from "../../columns/index.ts";
import { type CompareContext, type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { foldText, wordsOf } from "./fold.ts";
import { keyLists } from "./prepare.ts";

/** Text beyond this is not looked at. */
const charactersMax = 2000;

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
  prepare: prepareTexts,
};

function textWords(text: string): string[] {
  return wordsOf(foldText(text.length > charactersMax ? text.slice(0, charactersMax) : text));
}

function prepareTexts(column: Column, context: CompareContext): PairComparer {
  const lists = keyLists(column, charactersMax, textWords);
  const { offsets, keys } = lists;
  const squares = Float64Array.from(
    lists.texts,
    (word) => Math.log(1 + context.recordCount / context.frequency(word)) ** 2,
  );
  const lengths = new Float64Array(offsets.length - 1);
  for (let row = 0; row < lengths.length; row++) {
    let sum = 0;
    for (let i = offsets[row] as number; i < (offsets[row + 1] as number); i++)
      sum += squares[keys[i] as number] as number;
    lengths[row] = Math.sqrt(sum);
  }
  return (left, right) => {
    const lengthProduct = (lengths[left] as number) * (lengths[right] as number);
    if (lengthProduct === 0) return nullLevel;
    let a = offsets[left] as number;
    let b = offsets[right] as number;
    const endA = offsets[left + 1] as number;
    const endB = offsets[right + 1] as number;
    let dot = 0;
    while (a < endA && b < endB) {
      const keyA = keys[a] as number;
      const keyB = keys[b] as number;
      if (keyA === keyB) dot += squares[keyA] as number;
      if (keyA <= keyB) a++;
      if (keyB <= keyA) b++;
    }
    return cosineLevel(dot / lengthProduct);
  };
}

function cosineLevel(cosine: number): number {
  if (cosine >= 0.7) return 5;
  if (cosine >= 0.35) return 4;
  return cosine >= 0.15 ? 3 : cosine >= 0.06 ? 2 : 1;
}
