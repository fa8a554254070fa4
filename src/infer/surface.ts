/** Letters of scripts that write words with spaces between them: only there a name must end where a word ends. */
const spacedWordCharacter =
  /[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]/v;

/** Words that stand for a name but are none. */
const standIns =
  /^(?:it|its|he|she|they|him|her|them|his|their|this|that|these|those|who|which|(?:the|this|that|both|a|an|its|his|her)(?: \w+)?(?: (?:films?|movies?|pictures?|series|books?|novels?|sequels?|originals?|stor(?:y|ies)|trilogy|director|author)))$/i;

/** The name a surface form stands for: its line breaks and runs of blanks become single blanks, nothing else changes. */
export function nameOfSurface(surface: string): string {
  return surface.trim().replace(/\s+/g, " ");
}

/** True for words such as "it" or "the film", which name nothing by themselves. */
export function isStandIn(name: string): boolean {
  return standIns.test(name);
}

/** Where `surface` first stands in `text` as whole words, from `from` on, or -1. UTF-16 units. */
export function indexOfWords(text: string, surface: string, from = 0): number {
  if (surface === "") return -1;
  for (let at = text.indexOf(surface, from); at !== -1; at = text.indexOf(surface, at + 1)) {
    if (!splitsWord(text, at) && !splitsWord(text, at + surface.length)) return at;
  }
  return -1;
}

/** True if position `at` lies between two letters of one word. */
function splitsWord(text: string, at: number): boolean {
  const before = characterBefore(text, at);
  const after = text.codePointAt(at);
  if (before === undefined || after === undefined) return false;
  return spacedWordCharacter.test(before) && spacedWordCharacter.test(String.fromCodePoint(after));
}

function characterBefore(text: string, at: number): string | undefined {
  if (at <= 0) return undefined;
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(Math.max(0, at - 2), at) : text[at - 1];
}
