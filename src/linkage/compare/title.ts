import type { Column } from "../../columns/index.ts";
import { columnAsText } from "./column-as-text.ts";
import { type CompareContext, type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { preparedTexts } from "./prepare.ts";
import { editDistance, jaroWinkler } from "./similarity.ts";
import { type TitleForm, type TitleForms, titleForms } from "./title-form.ts";
import { roughSpelling } from "./transliteration.ts";

/** Levels of a title pair, by name. */
const titleLevel = {
  different: 1,
  conflict: 2,
  similar: 3,
  contained: 4,
  subtitleDropped: 5,
  closeSpelling: 6,
  numberDropped: 7,
  articleDiffers: 8,
  alternative: 9,
  equalCommon: 10,
  equalSeveral: 11,
  equalTwice: 12,
  equalUnique: 13,
} as const;

interface PreparedTitle {
  readonly forms: TitleForms;
  readonly frequency: number;
}

/** Compares titles: form, spelling, number, subtitle and alternatives, and how common an equal title is. */
export const titleComparison: Comparison = {
  levels: [
    { label: "different titles", m: 0.004, u: 0.6, weightMax: -3 },
    { label: "same words, but another number or subtitle", m: 0.001, u: 0.15, weightMax: -4 },
    { label: "similar titles", m: 0.004, u: 0.15, weightMax: 0 },
    { label: "one title contains the other", m: 0.01, u: 0.06 },
    { label: "equal but for a subtitle", m: 0.03, u: 0.01 },
    { label: "nearly the same spelling", m: 0.03, u: 0.002 },
    { label: "equal but for a part number beside the same subtitle", m: 0.02, u: 0.0005 },
    { label: "equal but for the article", m: 0.01, u: 0.002 },
    { label: "equal to an alternative title", m: 0.03, u: 0.002 },
    { label: "equal; a source has more than five of it", m: 0.02, u: 0.006 },
    { label: "equal; a source has three to five of it", m: 0.05, u: 0.006 },
    { label: "equal; a source has two of it", m: 0.1, u: 0.004 },
    { label: "equal, and no source has it twice", m: 0.7, u: 0.002 },
  ],
  ascending: [1, 3, 6, 10, 11, 12, 13],
  agreesFrom: titleLevel.closeSpelling,
  disagreesUpTo: titleLevel.similar,
  valueKeys: (text) =>
    titleForms(text)
      .slice(0, 1)
      .map((form) => form.bare),
  prepare(column: Column, context: CompareContext): PairComparer {
    const at = preparedTexts(columnAsText(column), (text): PreparedTitle | null => {
      const forms = titleForms(text);
      const main = forms[0];
      return main === undefined ? null : { forms, frequency: context.frequency(main.bare) };
    });
    return (left, right) => {
      const a = at(left);
      const b = at(right);
      if (a === null || b === null) return nullLevel;
      return a === b ? equalLevel(a.frequency) : compareTitles(a, b);
    };
  },
};

/** The level of two titles: their main forms', or a better one that an alternative form gives. */
function compareTitles(a: PreparedTitle, b: PreparedTitle): number {
  const mainA = a.forms[0] as TitleForm;
  const mainB = b.forms[0] as TitleForm;
  if (mainA.full === mainB.full) return equalLevel(Math.max(a.frequency, b.frequency));
  const level = compareForms(mainA, mainB);
  if (level >= titleLevel.numberDropped || (a.forms.length === 1 && b.forms.length === 1)) return level;
  for (const formA of a.forms) {
    for (const formB of b.forms) if (formA.bare === formB.bare) return titleLevel.alternative;
  }
  return namesBothParts(a.forms, mainB) || namesBothParts(b.forms, mainA) ? titleLevel.alternative : level;
}

/** "Road Warrior, The (Mad Max 2)" names both parts of "Mad Max 2: The Road Warrior". */
function namesBothParts(forms: TitleForms, other: TitleForm): boolean {
  return (
    other.subtitle !== "" &&
    forms.some((form) => form.bare === other.base) &&
    forms.some((form) => form.bare === other.subtitle)
  );
}

function equalLevel(frequency: number): number {
  if (frequency === 1) return titleLevel.equalUnique;
  if (frequency === 2) return titleLevel.equalTwice;
  return frequency <= 5 ? titleLevel.equalSeveral : titleLevel.equalCommon;
}

/** The level of two forms that are not equal word by word. */
function compareForms(a: TitleForm, b: TitleForm): number {
  if (a.bare === b.bare) return titleLevel.articleDiffers;
  if (sameParts(a, b)) return titleLevel.numberDropped;
  if (subtitleDropped(a, b) || subtitleDropped(b, a)) return titleLevel.subtitleDropped;
  const sameNumbers = a.numbers === b.numbers;
  if (a.base === b.base && a.subtitle !== "" && b.subtitle !== "") {
    return sameNumbers && nearlySame(a.subtitle, b.subtitle) ? titleLevel.closeSpelling : titleLevel.conflict;
  }
  if (a.transliterated !== b.transliterated && sameNumbers && roughlySame(a, b)) return titleLevel.closeSpelling;
  const contained = containment(a.words, b.words);
  if (contained !== 0) return contained;
  return bySpelling(a, b, sameNumbers);
}

/** Base and subtitle are the same, in either order or with a part number in one of them only. */
function sameParts(a: TitleForm, b: TitleForm): boolean {
  if (a.subtitle === "" || b.subtitle === "") return false;
  if (a.base === b.subtitle && a.subtitle === b.base) return true;
  return a.letters === b.letters && (a.numbers === "" || b.numbers === "");
}

function subtitleDropped(short: TitleForm, long: TitleForm): boolean {
  if (short.subtitle !== "" || long.subtitle === "") return false;
  return short.bare === long.base || short.bare === long.subtitle;
}

/** Whether one title's words begin or end the other's; a number among the words left over makes another part of it. */
function containment(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const more = long.length - short.length;
  if (more === 0) return 0;
  if (short.every((word, i) => word === long[i])) {
    return /^\d+$/.test(long[short.length] as string) ? titleLevel.conflict : titleLevel.contained;
  }
  return short.every((word, i) => word === long[i + more]) ? titleLevel.contained : 0;
}

function bySpelling(a: TitleForm, b: TitleForm, sameNumbers: boolean): number {
  const longest = Math.max(a.bare.length, b.bare.length);
  const shortest = Math.min(a.bare.length, b.bare.length);
  if (shortest * 2 < longest) return wordsShared(a, b) ? titleLevel.similar : titleLevel.different;
  if (!sameNumbers && nearlySame(a.letters, b.letters)) return titleLevel.conflict;
  if (sameNumbers && nearlySame(a.bare, b.bare)) return titleLevel.closeSpelling;
  return wordsShared(a, b) || jaroWinkler(a.bare, b.bare) >= 0.9 ? titleLevel.similar : titleLevel.different;
}

/** One is a transliteration, and in a rough spelling it is nearly the other. */
function roughlySame(a: TitleForm, b: TitleForm): boolean {
  return nearlySame(a.words.map(roughSpelling).join(""), b.words.map(roughSpelling).join(""));
}

/** At most one edit for every eight letters: "get carter" and "agent carter" stay apart. */
function nearlySame(a: string, b: string): boolean {
  const limit = Math.min(Math.floor(Math.max(a.length, b.length) / 8), 4);
  if (a === b || equalButForLost(a, b)) return true;
  return limit > 0 && editDistance(a, b, limit) <= limit;
}

/** Equal, where a lost letter (U+FFFD) may be any. */
function equalButForLost(a: string, b: string): boolean {
  if (a.length !== b.length || (!a.includes("\uFFFD") && !b.includes("\uFFFD"))) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && a[i] !== "\uFFFD" && b[i] !== "\uFFFD") return false;
  return true;
}

/** Half of the different words of the title that has more of them, or more, are in both. */
function wordsShared(a: TitleForm, b: TitleForm): boolean {
  const wordsA = new Set(a.words);
  const wordsB = new Set(b.words);
  let shared = 0;
  for (const word of wordsA) if (wordsB.has(word)) shared++;
  return shared * 2 >= Math.max(wordsA.size, wordsB.size);
}
