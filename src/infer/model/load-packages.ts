import { KindredError } from "../../base/index.ts";

/** The optional packages that speak to models. */
export interface ModelPackages {
  readonly ai: typeof import("ai");
  readonly openAiCompatible: typeof import("@ai-sdk/openai-compatible");
}

let loaded: Promise<ModelPackages> | undefined;

/**
 * Loads the optional packages when a model is first asked; who extracts by rules never needs them.
 * @throws model-missing if they are not installed
 */
export function loadModelPackages(): Promise<ModelPackages> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ModelPackages> {
  try {
    const [ai, openAiCompatible] = await Promise.all([import("ai"), import("@ai-sdk/openai-compatible")]);
    return { ai, openAiCompatible };
  } catch (cause) {
    throw new KindredError("model-missing", {
      seen: `the packages that speak to a language model cannot be loaded (${(cause as Error).message.split("\n")[0]})`,
      expected: "ai 7 and @ai-sdk/openai-compatible 3, which Kindred leaves to you",
      hint: "Run: npm i ai@7 @ai-sdk/openai-compatible@3; or extract with the rules",
      cause,
    });
  }
}
