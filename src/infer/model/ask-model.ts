import { loadModelPackages, type ModelPackages } from "./load-packages.ts";
import type { ModelAnswer, ModelQuestion } from "./model-answer.ts";
import { modelError, unreachable } from "./model-error.ts";
import type { CompleteModelSettings } from "./model-settings.ts";

/**
 * Asks a model. The only function of Kindred through which anything reaches a language model.
 * @throws model-missing where no question could be answered (packages, address, key, model name); for one question,
 * run-failed (the server failed, the time was up) or limit-exceeded (the question was refused)
 */
export async function askModel(
  settings: CompleteModelSettings,
  question: ModelQuestion,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  const packages = await loadModelPackages();
  const timeout = AbortSignal.timeout(settings.timeoutMs);
  try {
    return await generate(
      packages,
      settings,
      question,
      signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    );
  } catch (error) {
    // Not JSON at all: still an answer that was paid for, and judged elsewhere.
    const { NoObjectGeneratedError } = packages.ai;
    if (NoObjectGeneratedError.isInstance(error)) {
      return answerOf(error.text ?? "", error.finishReason ?? "unknown", error.usage);
    }
    throw modelError(packages, error, settings, {
      isTimeout: timeout.aborted,
      isInterrupted: signal?.aborted === true,
    });
  }
}

async function generate(
  { ai, openAiCompatible }: ModelPackages,
  settings: CompleteModelSettings,
  { system, prompt, schema }: ModelQuestion,
  abortSignal: AbortSignal,
): Promise<ModelAnswer> {
  const provider = openAiCompatible.createOpenAICompatible({
    name: "kindred",
    baseURL: settings.baseUrl,
    fetch: fetchOrExplain(settings),
    supportsStructuredOutputs: settings.structuredOutput === "schema",
    ...(settings.apiKey === undefined ? {} : { apiKey: settings.apiKey }),
  });
  const withSchema = settings.structuredOutput === "schema";
  const result = await ai.generateText({
    model: provider(settings.model),
    system,
    prompt,
    // Without a validator of its own: one wrong claim in an answer must not cost the right ones.
    output: withSchema ? ai.Output.object({ schema: ai.jsonSchema(schema), name: "claims" }) : ai.Output.json(),
    temperature: 0,
    maxOutputTokens: settings.maxOutputTokens,
    maxRetries: settings.maxRetries,
    abortSignal,
  });
  return answerOf(result.text, result.finishReason, result.usage);
}

function answerOf(
  text: string,
  finishReason: string,
  usage: { inputTokens?: number | undefined; outputTokens?: number | undefined } | undefined,
): ModelAnswer {
  return { text, finishReason, inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0 };
}

/** Nobody listens there, or the host has no address: trying again within seconds is of no use. */
const hopeless = new Set(["ECONNREFUSED", "ENOTFOUND"]);

function fetchOrExplain(settings: CompleteModelSettings): typeof fetch {
  return async (input, init) => {
    try {
      return await fetch(input, init);
    } catch (error) {
      const code = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;
      if (code !== undefined && hopeless.has(code)) throw unreachable(settings, code);
      throw error;
    }
  };
}
