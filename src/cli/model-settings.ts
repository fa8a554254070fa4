import { KindredError } from "../base/index.ts";
import type { ModelSettings } from "../infer/index.ts";

/**
 * The language model that the environment names.
 * @throws model-missing with what to set, when it names none
 */
export function modelSettings(env: Readonly<Record<string, string | undefined>>): ModelSettings {
  const { KINDRED_MODEL_URL: baseUrl, KINDRED_MODEL: model, KINDRED_MODEL_KEY: apiKey } = env;
  if (!baseUrl || !model) {
    throw new KindredError("model-missing", {
      seen: `no language model is set up (${baseUrl ? "KINDRED_MODEL" : "KINDRED_MODEL_URL"} is not set)`,
      expected: "an OpenAI-compatible server and a model",
      hint: "Set KINDRED_MODEL_URL (such as http://127.0.0.1:11434/v1), KINDRED_MODEL and, where needed, KINDRED_MODEL_KEY; or use --extractor rules",
    });
  }
  return { provider: "openai-compatible", baseUrl, model, ...(apiKey ? { apiKey } : {}) };
}
