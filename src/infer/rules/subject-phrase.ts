import type { TextSpan } from "./span.ts";

/** The longest subject, in words: longer ones are retellings, not subjects. */
const maxSubjectWords = 6;

const determiners = /^(?:(?:the|a|an|his|her|its|their|this) +)+/i;
const stops = new Set(
  (
    "who whom whose which that where when while as after before during until because if but and or nor though although in at on into " +
    "onto through with within without upon to by is are was were be been being has have had can could must will would may might " +
    "should does do did told based trying living working played then so yet than amid amidst despite since once written directed produced made starring featuring named called set filmed shot"
  ).split(" "),
);
const noSubject =
  /^(?:what|how|whether|why|who|him|her|it|them|us|me|you|everything|anything|nothing|something|someone|anyone|people|half|one|more|less|many|much|some|all|any|twice|several|such|equal\w*|\d.*)$/i;
const measures =
  /^(?:hours?|minutes?|years?|days?|weeks?|months?|times?|percent|per|miles?|pages?|dollars?|million|long|old|same)$/i;

/**
 * Where the subject that begins at `from` stands in a masked sentence: its determiners left out, up to the clause's end.
 * "love and death" gives two.
 */
export function subjectPhrases(masked: string, from: number): TextSpan[] {
  const first = readPhrase(masked, from);
  if (first === undefined) return [];
  const next = /^ +and +/.exec(masked.slice(first.end));
  if (next === null || first.words > 2) return [first];
  const second = readPhrase(masked, first.end + next[0].length);
  const isPair = second !== undefined && second.words <= 2 && /^(?:[.,;]|$)/.test(masked.slice(second.end));
  return isPair ? [first, second] : [first];
}

interface Phrase extends TextSpan {
  readonly words: number;
}

function readPhrase(masked: string, from: number): Phrase | undefined {
  const start = from + (determiners.exec(masked.slice(from))?.[0].length ?? 0);
  let end = start;
  let words = 0;
  for (const token of masked.slice(start).matchAll(/ *([^ ]+)/g)) {
    const word = token[1] as string;
    const bare = bareWord(word);
    if (bare === "" || stops.has(bare.toLowerCase()) || /^[–—-]/.test(word)) break;
    if (words === 0 && noSubject.test(bare)) return undefined;
    if (measures.test(bare) || ++words > maxSubjectWords) return undefined;
    const wordStart = start + token.index + token[0].length - word.length;
    end = wordStart + bare.length;
    if (bare.length < word.length && !/^['’]$/.test(word.slice(bare.length))) break;
  }
  // A title among the words would be cut out of its marks; a subject that ends in a small word was cut short.
  if (words === 0 || /[\uE001\uE003]/.test(masked.slice(start, end))) return undefined;
  const last = masked.slice(start, end).split(" ").at(-1) as string;
  if (/^(?:of|between|against|for|from|about|over|under|the|a|an|very|not)$/i.test(last)) return undefined;
  return { start: startOfName(masked, start, end), end, words };
}

/** "the musician David Bowie" is about David Bowie. */
function startOfName(masked: string, start: number, end: number): number {
  const apposed = /^(?:\p{Ll}[\p{L}-]* +){1,2}(?=\uE002.$)/u.exec(masked.slice(start, end))?.[0] ?? "";
  return /\b(?:of|between|against|for|from|about|over|under)\b/.test(apposed) ? start : start + apposed.length;
}

/** The word without the signs that follow it; the stops of F.B.I. are its own. */
function bareWord(word: string): string {
  return /^(?:\p{Lu}\.)+$/u.test(word) ? word : word.replace(/[^\p{L}\p{N}\uE100-\uF8FF]+$/u, "");
}
