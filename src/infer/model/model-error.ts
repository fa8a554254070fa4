import { isKindredError, KindredError } from "../../base/index.ts";
import type { ModelPackages } from "./load-packages.ts";
import type { CompleteModelSettings } from "./model-settings.ts";

/** The longest piece of a server's own words in a message. */
const maxServerWords = 200;

interface Circumstances {
  readonly isTimeout: boolean;
  readonly isInterrupted: boolean;
}

/**
 * Turns what went wrong while asking into one clear error. What would go wrong for every document (no connection, wrong
 * key, unknown model) is `model-missing`, the rest concerns one document. No message holds the key.
 */
export function modelError(
  { ai }: ModelPackages,
  thrown: unknown,
  settings: CompleteModelSettings,
  { isTimeout, isInterrupted }: Circumstances,
): KindredError {
  if (isInterrupted) return new KindredError("interrupted", { seen: "the extraction was interrupted" });
  if (isTimeout) {
    return new KindredError("run-failed", {
      seen: `the model at ${addressOf(settings)} gave no answer in time`,
      expected: `an answer within ${settings.timeoutMs} ms, retries included`,
      hint: "Raise timeoutMs or shorten the document",
    });
  }
  if (isKindredError(thrown)) return thrown;
  const error = ai.RetryError.isInstance(thrown) ? thrown.lastError : thrown;
  if (!ai.APICallError.isInstance(error)) {
    return failed(settings, withoutKey(error instanceof Error ? error.message : String(error), settings));
  }
  const words = withoutKey(error.responseBody ?? error.message, settings)
    .replace(/\s+/g, " ")
    .slice(0, maxServerWords);
  return error.statusCode === undefined ? unreachable(settings, words) : refused(settings, error.statusCode, words);
}

/** The error for an address where nobody answers. */
export function unreachable(settings: CompleteModelSettings, words: string): KindredError {
  return new KindredError("model-missing", {
    seen: `no connection to the model at ${addressOf(settings)} (${words})`,
    expected: "a running server that speaks OpenAI's chat completions",
    hint: "Start it, or set KINDRED_MODEL_URL to where it is",
  });
}

function refused(settings: CompleteModelSettings, status: number, words: string): KindredError {
  const seen = `the model server at ${addressOf(settings)} answered ${status}: ${words}`;
  if (status === 401 || status === 403) {
    return new KindredError("model-missing", { seen, expected: "a key it accepts", hint: "Set KINDRED_MODEL_KEY" });
  }
  if (status === 404) {
    return new KindredError("model-missing", {
      seen,
      expected: `a server that offers the model "${settings.model}"`,
      hint: "Set KINDRED_MODEL and KINDRED_MODEL_URL",
    });
  }
  if (status !== 400 && status !== 413 && status !== 422) return failed(settings, `it answered ${status}: ${words}`);
  return new KindredError("limit-exceeded", {
    seen,
    expected: "a question it can take",
    hint: 'Shorten the document; or, where the server knows no JSON schema, set structuredOutput to "json"',
  });
}

function failed(settings: CompleteModelSettings, seen: string): KindredError {
  return new KindredError("run-failed", {
    seen: `the model at ${addressOf(settings)} gave no answer: ${seen}`,
    expected: `an answer within ${settings.maxRetries + 1} attempts`,
    hint: "Run again: the other documents' answers are in the cache",
  });
}

/** A URL may hold a password or a key in its query. */
function addressOf({ baseUrl }: CompleteModelSettings): string {
  const url = new URL(baseUrl);
  return `${url.origin}${url.pathname}`;
}

function withoutKey(text: string, { apiKey }: CompleteModelSettings): string {
  return apiKey === undefined ? text : text.replaceAll(apiKey, "***");
}
