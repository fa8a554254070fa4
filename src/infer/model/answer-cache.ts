import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sha256, stableJson, writeFileAtomic } from "../../base/index.ts";
import type { ModelAnswer, ModelQuestion } from "./model-answer.ts";
import type { CompleteModelSettings } from "./model-settings.ts";

/** Raised when the same question would be read differently, so that old answers are not reused. */
const answerFormatVersion = 1;

const answerSchema = z.object({
  text: z.string(),
  finishReason: z.string(),
  inputTokens: z.number(),
  outputTokens: z.number(),
});

/**
 * Answers by the content of their question: model, settings that shape the answer, system words, prompt and schema. A
 * file each, in a folder the caller names; malformed answers are kept too, so that a second call asks nothing and
 * gives the same result. Delete a file, or the folder, to ask again.
 */
export class AnswerCache {
  readonly #directory: string | undefined;

  constructor(directory: string | undefined) {
    this.#directory = directory;
  }

  /** The key of a question: 64 hex digits. Neither the API key nor how long is waited is part of it. */
  keyOf(settings: CompleteModelSettings, question: ModelQuestion): string {
    const { provider, baseUrl, model, maxOutputTokens, structuredOutput } = settings;
    return sha256(
      stableJson({ answerFormatVersion, provider, baseUrl, model, maxOutputTokens, structuredOutput, ...question }),
    );
  }

  /** The answer kept under a key; a file that cannot be read as one counts as absent. */
  async get(key: string): Promise<ModelAnswer | undefined> {
    const path = this.#pathOf(key);
    if (path === undefined) return undefined;
    try {
      return answerSchema.parse(JSON.parse(await readFile(path, "utf8")));
    } catch {
      return undefined;
    }
  }

  /** Keeps an answer, whole or not at all. */
  async put(key: string, answer: ModelAnswer): Promise<void> {
    const path = this.#pathOf(key);
    if (path !== undefined) await writeFileAtomic(path, `${stableJson(answer)}\n`);
  }

  #pathOf(key: string): string | undefined {
    return this.#directory === undefined ? undefined : join(this.#directory, key.slice(0, 2), `${key}.json`);
  }
}
