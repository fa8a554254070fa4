import type { Ontology } from "../../ontology/index.ts";
import type { Document } from "../documents/document.ts";
import type { Extraction, ExtractionContext, Extractor } from "../extractor.ts";
import { AnswerCache } from "./answer-cache.ts";
import { askModel } from "./ask-model.ts";
import type { ModelAnswer, ModelQuestion } from "./model-answer.ts";
import { type CompleteModelSettings, completeSettings, type ModelSettings, moneyFor } from "./model-settings.ts";
import { questionAbout } from "./prompt.ts";
import { assertPromptSize } from "./prompt-size.ts";
import { readAnswer } from "./read-answer.ts";

/** What {@link modelExtractor} needs. */
export interface ModelExtractorOptions {
  readonly settings: ModelSettings;
  /** Where answers are kept by content; without it every call asks and pays again. */
  readonly cacheDirectory?: string;
}

/**
 * An extractor that asks a language model, one question a document, with the answer's shape made from the ontology.
 * @throws config-invalid for settings that cannot be right
 */
export function modelExtractor({ settings, cacheDirectory }: ModelExtractorOptions): Extractor {
  const complete = completeSettings(settings);
  const cache = new AnswerCache(cacheDirectory);
  return {
    name: "model",
    model: complete.model,
    concurrency: complete.concurrency,
    extract: (document, ontology, context) => extractByModel(complete, cache, document, ontology, context),
  };
}

async function extractByModel(
  settings: CompleteModelSettings,
  cache: AnswerCache,
  document: Document,
  ontology: Ontology,
  context: ExtractionContext,
): Promise<Extraction> {
  assertPromptSize(document);
  const answer = await answerTo(settings, cache, questionAbout(document, ontology), context);
  return readAnswer(answer, document, ontology);
}

async function answerTo(
  settings: CompleteModelSettings,
  cache: AnswerCache,
  question: ModelQuestion,
  { tokens, signal }: ExtractionContext,
): Promise<ModelAnswer> {
  const key = cache.keyOf(settings, question);
  const kept = await cache.get(key);
  if (kept !== undefined) {
    tokens.addCacheHit();
    return kept;
  }
  tokens.assertRoom();
  const answer = await askModel(settings, question, signal);
  tokens.addRequest({ ...answer, money: moneyFor(answer, settings.prices) });
  await cache.put(key, answer);
  return answer;
}
