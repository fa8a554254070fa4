import type { Document } from "../documents/document.ts";
import type { Gazetteer } from "../gazetteer.ts";
import { proseBlocks } from "./blocks.ts";
import { type MaskedSentence, maskSentence } from "./masked-sentence.ts";
import { personNames, years } from "./names.ts";
import { maxSentenceLength, splitSentences } from "./sentences.ts";
import type { NamedSpan, TextSpan } from "./span.ts";
import { definedTitle, knownTitles, markedTitles } from "./titles.ts";

/** The sentences of a document, masked, paragraph by paragraph. */
export function readSentences(document: Document, gazetteer: Gazetteer): MaskedSentence[][] {
  const { text } = document;
  return proseBlocks(text, document.bodyStart ?? 0).map((block) => {
    const titles = markedTitles(text, block);
    return splitSentences(text, block, titles)
      .filter((sentence) => sentence.end - sentence.start <= maxSentenceLength)
      .map((sentence) => maskSentence(text, sentence, spansOf(text, sentence, titles, gazetteer)));
  });
}

/** What is recognised first is not recognised again: a marked title before a known one, a title before a name. */
function spansOf(text: string, sentence: TextSpan, marked: readonly NamedSpan[], gazetteer: Gazetteer): NamedSpan[] {
  const spans = marked.filter((title) => title.start >= sentence.start && title.end <= sentence.end);
  spans.push(...knownTitles(text, sentence, gazetteer, spans));
  const defined = definedTitle(text, sentence, spans);
  if (defined !== undefined) spans.push(defined);
  spans.push(...years(text, sentence, spans));
  spans.push(...personNames(text, sentence, spans));
  return spans;
}
