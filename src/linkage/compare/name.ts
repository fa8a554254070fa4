import { columnAsText } from "./column-as-text.ts";
import { type Comparison, nullLevel } from "./contract.ts";
import { type PersonName, personName } from "./person-name.ts";
import { preparedTexts } from "./prepare.ts";
import { jaroWinkler } from "./similarity.ts";
import { roughSpelling } from "./transliteration.ts";

/** The levels of {@link nameComparison} by what they say. */
export const nameLevels = {
  different: 1,
  sameLast: 2,
  similar: 3,
  close: 4,
  initials: 5,
  equalCommon: 6,
  equalSeveral: 7,
  equalUnique: 8,
} as const;

const level = nameLevels;

interface PreparedName extends PersonName {
  readonly frequency: number;
}

/** Compares names of persons or things whatever their order, initials and diacritics, and how common an equal name is. */
export const nameComparison: Comparison = {
  levels: [
    { label: "different names", m: 0.01, u: 0.75, weightMax: -3 },
    { label: "same last name, other first name", m: 0.005, u: 0.2, weightMax: -1 },
    { label: "similar names", m: 0.01, u: 0.03 },
    { label: "nearly the same spelling", m: 0.05, u: 0.005 },
    { label: "equal but for initials or middle names", m: 0.05, u: 0.004 },
    { label: "equal; a source has more than two of it", m: 0.02, u: 0.004 },
    { label: "equal; a source has two of it", m: 0.05, u: 0.003 },
    { label: "equal, and no source has it twice", m: 0.8, u: 0.002 },
  ],
  ascending: [1, 3, 4, 6, 7, 8],
  agreesFrom: level.close,
  disagreesUpTo: level.sameLast,
  valueKeys: (text) => keyOf(personName(text)),
  prepare(column, context) {
    const at = preparedTexts(columnAsText(column), (text): PreparedName | null => {
      const name = personName(text);
      return name === null ? null : { ...name, frequency: context.frequency(name.key) };
    });
    return (left, right) => {
      const a = at(left);
      const b = at(right);
      return a === null || b === null ? nullLevel : compareNames(a, b);
    };
  },
};

function keyOf(name: PersonName | null): string[] {
  return name === null ? [] : [name.key];
}

function compareNames(a: PreparedName, b: PreparedName): number {
  if (a.key === b.key) {
    const frequency = Math.max(a.frequency, b.frequency);
    return frequency === 1 ? level.equalUnique : frequency === 2 ? level.equalSeveral : level.equalCommon;
  }
  if (samePersonWritten(a, b)) return level.initials;
  const roughly = transliterationLevel(a, b);
  if (roughly !== null) return roughly;
  const similarity = jaroWinkler(a.key, b.key);
  if (similarity >= 0.94 && sameInitials(a, b)) return level.close;
  if (a.last === b.last) return level.sameLast;
  return similarity >= 0.88 ? level.similar : level.different;
}

/**
 * The level of two names of which one is a transliteration, word by word in the order they are written; null where both are
 * written in one script, or nothing is near.
 */
export function transliterationLevel(a: PersonName, b: PersonName): number | null {
  if (a.transliterated === b.transliterated) return null;
  const [wordsA, wordsB] = [a.words.map(roughSpelling), b.words.map(roughSpelling)];
  if (sorted(wordsA) === sorted(wordsB)) return level.close;
  const lastA = roughSpelling(a.last);
  const lastB = roughSpelling(b.last);
  if (jaroWinkler(lastA, lastB) < 0.9 || wordsA[0]?.[0] !== wordsB[0]?.[0]) return null;
  return jaroWinkler(wordsA.join(" "), wordsB.join(" ")) >= 0.94 ? level.close : level.similar;
}

function sorted(words: readonly string[]): string {
  return words.toSorted().join(" ");
}

/**
 * One writing abbreviates the other: same last name, and the given names agree one by one, some as initials; or the first
 * is spelt out alike and others are left out. "J.K." may be "Jonathan Kimble", but not "Jean".
 */
export function samePersonWritten(a: PersonName, b: PersonName): boolean {
  if (a.last !== b.last || a.first === "" || b.first === "") return false;
  const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words];
  if (short.length === long.length) return short.every((word, i) => sameGivenName(word, long[i] as string));
  let at = 0;
  return (
    a.first === b.first &&
    short.every((word) => {
      while (at < long.length && !sameGivenName(word, long[at] as string)) at++;
      return at++ < long.length;
    })
  );
}

/** Equal, or one is the other's initial. */
function sameGivenName(a: string, b: string): boolean {
  return a === b || (a.length === 1 && b.startsWith(a)) || (b.length === 1 && a.startsWith(b));
}

function sameInitials(a: PersonName, b: PersonName): boolean {
  return a.words.length === b.words.length && a.words.every((word, i) => word[0] === (b.words[i] as string)[0]);
}
