import { KindredError } from "../base/index.ts";
import type { ModelSettings, TokenPrices } from "../infer/index.ts";

/**
 * The language model that the environment names, and what a million of its tokens cost: `KINDRED_MODEL_PRICES=0.15,0.6`, in and out.
 * @throws model-missing with what to set, when it names none; config-invalid for prices that are none
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
  const prices = pricesOf(env.KINDRED_MODEL_PRICES);
  return {
    provider: "openai-compatible",
    baseUrl,
    model,
    ...(apiKey ? { apiKey } : {}),
    ...(prices ? { prices } : {}),
  };
}

function pricesOf(text: string | undefined): TokenPrices | undefined {
  if (!text) return undefined;
  const [, input, output] = /^(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (input !== undefined && output !== undefined) return { input: Number(input), output: Number(output) };
  throw new KindredError("config-invalid", {
    seen: `KINDRED_MODEL_PRICES is "${text}"`,
    expected: "what a million tokens cost, in and out, such as 0.15,0.6",
  });
}
