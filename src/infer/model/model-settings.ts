import { z } from "zod";
import { KindredError } from "../../base/index.ts";

/** What a million tokens cost, in one currency: the caller's own, whose name is never needed. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
}

/** How to reach a language model. The caller reads them from wherever it keeps them; the key is never written anywhere. */
export interface ModelSettings {
  /** Any server that speaks OpenAI's chat completions. */
  readonly provider: "openai-compatible";
  /** Such as `http://localhost:11434/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
  /** The longest answer, in tokens; 4,096 by default. */
  readonly maxOutputTokens?: number;
  /** For one answer, retries included; 120,000 by default. */
  readonly timeoutMs?: number;
  /** After answers such as 429 and 500, waiting longer each time; 2 by default. */
  readonly maxRetries?: number;
  /** How the shape of the answer is asked for; servers that know no JSON schema need `json`. `schema` by default. */
  readonly structuredOutput?: "schema" | "json";
  /** How many documents are asked about at once; 1 by default. */
  readonly concurrency?: number;
  /** So that what is spent is known in money too; without them money counts as 0. */
  readonly prices?: TokenPrices;
}

/** Settings with every default filled in. */
export type CompleteModelSettings = Required<Omit<ModelSettings, "apiKey" | "prices">> &
  Pick<ModelSettings, "apiKey" | "prices">;

const schema = z.strictObject({
  provider: z.literal("openai-compatible"),
  baseUrl: z.url({ protocol: /^https?$/, error: "expected a URL that begins with http:// or https://" }),
  model: z.string().min(1, "expected the name of a model"),
  apiKey: z.string().min(1).exactOptional(),
  maxOutputTokens: z.int().min(1).max(1_000_000).default(4096),
  timeoutMs: z.int().min(1).max(3_600_000).default(120_000),
  maxRetries: z.int().min(0).max(10).default(2),
  structuredOutput: z.enum(["schema", "json"]).default("schema"),
  concurrency: z.int().min(1).max(64).default(1),
  prices: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).exactOptional(),
});

/**
 * Checks settings and fills in defaults.
 * @throws config-invalid; the message never holds the key
 */
export function completeSettings(settings: ModelSettings): CompleteModelSettings {
  const result = schema.safeParse(settings);
  if (result.success) return result.data as CompleteModelSettings;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "the settings"}: ${issue.message}`);
  throw new KindredError("config-invalid", {
    seen: `the model settings are not usable: ${problems.join("; ")}`,
    expected: "provider openai-compatible, baseUrl, model",
    hint: "Set KINDRED_MODEL_URL, KINDRED_MODEL and, where the server wants one, KINDRED_MODEL_KEY",
  });
}

const pricedTokens = 1_000_000;

/** What an answer costs. */
export function moneyFor(
  answer: { readonly inputTokens: number; readonly outputTokens: number },
  prices: TokenPrices = { input: 0, output: 0 },
): number {
  return (answer.inputTokens * prices.input + answer.outputTokens * prices.output) / pricedTokens;
}
