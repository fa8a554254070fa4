import { KindredError } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import { lossyPlace, unwritablePlace } from "../plain-json.ts";
import type { StoredArtifact } from "../run-record.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";

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
  const bytes = new TextEncoder().encode(toJson(value, what));
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

function toJson(value: unknown, what: string): string {
  const json = stringified(value, what);
  // After it, which refuses what refers to itself.
  const lossy = lossyPlace(value);
  if (json !== undefined && lossy === null) return json;
  throw notJson(what, lossy ?? `a ${typeof value}`);
}

function stringified(value: unknown, what: string): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw notJson(what, unwritablePlace(value, error), error);
  }
}

function notJson(what: string, seen: string, cause?: unknown): KindredError {
  return new KindredError("config-invalid", {
    seen: `${what} that JSON cannot hold: ${seen}`,
    expected: "objects, arrays, texts, finite numbers, booleans and null",
    cause,
  });
}
