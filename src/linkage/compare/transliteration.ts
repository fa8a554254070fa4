/** Cyrillic letters by the Latin ones of BGN/PCGN, without its signs; letters that only some languages have as these do. */
const cyrillic =
  "а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya " +
  "і i ї yi є ye ґ g ў u ђ dj ѓ g ѕ dz ј j љ lj њ nj ћ c ќ k џ dz ә a ғ gh қ q ң ng ө o ұ u ү u һ h ҳ h ҷ j ӣ i ӯ u ѣ e ѳ f ѵ i";

/** Greek letters by the Latin ones of ELOT 743; pairs of letters first. */
const greek =
  "ου ou μπ b γγ ng γξ nx γχ nch αι ai ει ei οι oi α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o";

/** Latin letters that Unicode does not decompose, by what catalogues write instead. */
const latin = "ø o ł l đ d ð d þ th ß ss æ ae œ oe ı i ¢ c ħ h ŋ ng ŧ t ĸ k ƒ f ə a ɛ e ɔ o ɓ b ɗ d ƙ k ƴ y ɨ i ʉ u";

/** Signs that Latin letters do not have. */
const silent = /[ъь\u02b9\u02ba\u02bc\u02be\u02bf]/g;
/** Letters that are another one with a mark over it, but are not written like that one in Latin. */
const marked: Readonly<Record<string, string>> = {
  "и\u0306": "й",
  "е\u0308": "ё",
  "і\u0308": "ї",
  "у\u0306": "ў",
  "г\u0301": "ѓ",
  "к\u0301": "ќ",
};
const markedLetters = new RegExp(Object.keys(marked).join("|"), "g");

const latinByLetter = new Map([cyrillic, greek, latin].flatMap(pairsOf));
const longestFirst = [...latinByLetter.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
const anyLetter = new RegExp(longestFirst.join("|"), "g");
const markOfAccent = /\p{M}+/gu;

const beyondAscii = /[\u0080-\uffff]/;
const otherScript = /[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]/;

/** Whether a text has letters of a script that {@link romanised} writes in Latin ones. */
export function isOfOtherScript(text: string): boolean {
  return otherScript.test(text);
}

/**
 * A decomposed lower-case text in plain Latin letters: Cyrillic and Greek ones as BGN/PCGN and ELOT 743 write them, marks
 * gone. Scripts without a table here stay as they are.
 */
export function romanised(decomposed: string): string {
  if (!beyondAscii.test(decomposed)) return decomposed;
  return decomposed
    .replace(markedLetters, (letters) => marked[letters] as string)
    .replace(markOfAccent, "")
    .replace(silent, "")
    .replace(anyLetter, (letters) => latinByLetter.get(letters) as string);
}

function pairsOf(table: string): [string, string][] {
  const parts = table.trim().split(" ");
  return parts.flatMap((letter, i) => (i % 2 === 0 ? [[letter, parts[i + 1] as string] as [string, string]] : []));
}

const respellings: readonly (readonly [RegExp, string])[] = [
  [/shch|sch(?!e)|sh/g, "s"],
  [/tsch|tch|ch|ts|tz|cz/g, "c"],
  [/\bgi(?=[aou])/g, "i"],
  [/zh/g, "z"],
  [/kh|gh/g, "h"],
  [/dj|dzh/g, "dz"],
  [/ph|ff/g, "f"],
  [/th/g, "t"],
  [/w/g, "v"],
  [/x/g, "ks"],
  [/ou/g, "u"],
  [/[yj]/g, "i"],
  [/i+(?=[aeou])/g, ""],
  [/(.)\1+/g, "$1"],
];

/**
 * Words of a folded text in a rough spelling that the usual ways to write Russian, Ukrainian, Serbian or Greek in Latin letters
 * have in common: "tchaikovsky", "chaykovskiy", "Čajkovskij" and "Tschaikowski" are one. For texts of which one is
 * transliterated: between two Latin ones it would lose what tells them apart.
 */
export function roughSpelling(folded: string): string {
  return respellings.reduce((text, [pattern, letters]) => text.replace(pattern, letters), folded);
}
