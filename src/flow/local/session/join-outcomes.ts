import { KindredError } from "../../../base/index.ts";
import { flowLimits } from "../../limits.ts";
import type { StoredArtifact } from "../../run-record.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import { loadArtifact } from "../worker/artifact-view.ts";

/**
 * Joins the outcomes of a foreach, in the order of its items, into one JSON array: bytes that depend on nothing but them.
 * @throws limit-exceeded when they are too large together, artifact-damaged
 */
export async function joinOutcomes(outcomes: readonly StoredArtifact[], store: ArtifactStore): Promise<StoredArtifact> {
  const texts: string[] = [];
  let length = 2;
  for (const outcome of outcomes) {
    const text = await loadArtifact(outcome, store);
    length += text.length + 1;
    if (length > flowLimits.foreachBytes) throw tooLarge(outcomes.length);
    texts.push(text);
  }
  const json = `[${texts.join(",")}]`;
  if (Buffer.byteLength(json) <= flowLimits.inlineArtifactBytes) return { inline: json };
  return store.put(new TextEncoder().encode(json));
}

function tooLarge(count: number): KindredError {
  return new KindredError("limit-exceeded", {
    seen: `the ${count} outcomes are together more than ${flowLimits.foreachBytes} bytes as JSON`,
    expected: `at most ${flowLimits.foreachBytes}`,
    hint: "Put large data into blobs and return their references",
  });
}
