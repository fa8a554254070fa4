import { KindredError } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import type { StoredArtifact } from "../run-record.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { lossyPlace } from "./plain-json.ts";

/**
 * Stores a value as JSON: inline when small. `check` sees the bytes before anything is stored.
 * @throws config-invalid when it is not JSON, limit-exceeded when it is too large
 */
export async function storeJson(
  value: unknown,
  limitBytes: number,
  store: ArtifactStore,
  what = "a result",
  check: (bytes: Uint8Array) => void = () => {},
): Promise<StoredArtifact> {
  const bytes = new TextEncoder().encode(toJson(value));
  if (bytes.byteLength > limitBytes) {
    throw new KindredError("limit-exceeded", {
      seen: `${what} of ${bytes.byteLength} bytes as JSON`,
      expected: `at most ${limitBytes}`,
      hint: "Put large data into a blob (blobs.put, blobs.putFile) and return its reference",
    });
  }
  check(bytes);
  if (bytes.byteLength <= flowLimits.inlineArtifactBytes) return { inline: new TextDecoder().decode(bytes) };
  return store.put(bytes);
}

function toJson(value: unknown): string {
  const json = stringified(value);
  // After it, which refuses what refers to itself.
  const lossy = lossyPlace(value);
  if (json !== undefined && lossy === null) return json;
  throw notJson(lossy ?? `a ${typeof value}`);
}

function stringified(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw notJson((error as Error).message, error);
  }
}

function notJson(seen: string, cause?: unknown): KindredError {
  return new KindredError("config-invalid", {
    seen: `a result that JSON cannot hold: ${seen}`,
    expected: "objects, arrays, texts, numbers, booleans and null",
    cause,
  });
}
