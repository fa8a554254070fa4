import type { NamedSpan, TextSpan } from "./span.ts";

/** Private-use characters that stand for what was recognised; each is followed by the number of its span. */
const signOfKind = { title: "\uE001", name: "\uE002", year: "\uE003" } as const;
const firstNumber = 0xe100;
const maxSpans = 0xf8ff - firstNumber;

/**
 * A sentence in which titles, names and years are single signs, so that a pattern can say "a sequel to TITLE" without
 * tripping over the words inside the title. Every blank is one plain space.
 */
export interface MaskedSentence {
  readonly sentence: TextSpan;
  readonly masked: string;
  readonly spans: readonly NamedSpan[];
  /** The place in the document of a place in `masked`. */
  positionOf(maskedIndex: number): number;
}

/** Masks the spans of a sentence; they must not overlap. */
export function maskSentence(text: string, sentence: TextSpan, found: readonly NamedSpan[]): MaskedSentence {
  const spans = [...found].sort((a, b) => a.start - b.start).slice(0, maxSpans);
  const positions: number[] = [];
  let masked = "";
  let at = sentence.start;
  const copyUntil = (end: number): void => {
    for (; at < end; at++) {
      masked += plain(text[at] as string);
      positions.push(at);
    }
  };
  spans.forEach((span, number) => {
    copyUntil(span.start);
    masked += signOfKind[span.kind] + String.fromCharCode(firstNumber + number);
    positions.push(span.start, span.end);
    at = span.end;
  });
  copyUntil(sentence.end);
  positions.push(sentence.end);
  return { sentence, masked, spans, positionOf: (index) => positions[Math.min(index, positions.length - 1)] as number };
}

/** A document's own private-use characters would be taken for signs. */
function plain(unit: string): string {
  return /[\s\uE000-\uF8FF]/.test(unit) ? " " : unit;
}

/** The spans whose signs stand in a piece of masked text, in order. */
export function spansIn(sentence: MaskedSentence, piece: string, kind: NamedSpan["kind"]): NamedSpan[] {
  const numbers = [...piece.matchAll(new RegExp(`${signOfKind[kind]}([\\uE100-\\uF8FF])`, "g"))];
  return numbers.map((found) => sentence.spans[(found[1] as string).charCodeAt(0) - firstNumber] as NamedSpan);
}
