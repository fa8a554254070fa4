import { atATime, KindredError } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import type { StoredArtifact } from "../run-record.ts";
import type { StepNode } from "../step-graph.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { MetadataReader } from "../store/metadata-store.ts";
import { loadArtifact } from "../store/stored-artifact.ts";

/** Outcomes in the artifact store that are read at a time: over a network each would be waited for else. */
const readsAtATime = 16;

/** Where the outcomes of a run are. */
export interface OutcomePlaces {
  readonly metadata: Pick<MetadataReader, "readOutcomes">;
  readonly artifacts: ArtifactStore;
}

type Groups = readonly (readonly number[])[];

/**
 * The artifact of a step whose tasks all have an outcome: that of its one task, else all of them joined. `groups` is asked for then
 * alone. @throws limit-exceeded, artifact-damaged
 */
export async function artifactOfStep(
  { metadata, artifacts }: OutcomePlaces,
  run: string,
  { name, kind }: StepNode,
  groups: () => Groups | Promise<Groups>,
): Promise<StoredArtifact> {
  const outcomes = await metadata.readOutcomes(run, name);
  const [only] = outcomes;
  if (kind === "single" && only !== undefined) return only;
  return joinOutcomes(outcomes, await groups(), artifacts);
}

/**
 * Joins the outcomes of a foreach, in the order of its items, into one JSON array: bytes that depend on nothing but them.
 * A foreach within others is joined by their tasks: `groups` has for each level the number of elements in each array.
 * @throws limit-exceeded when they are too large together, artifact-damaged
 */
async function joinOutcomes(
  outcomes: readonly StoredArtifact[],
  groups: Groups,
  store: ArtifactStore,
): Promise<StoredArtifact> {
  const byteCount = outcomes.reduce((sum, outcome) => sum + bytesOf(outcome) + 1, 2);
  if (byteCount > flowLimits.foreachBytes) throw tooLarge(outcomes.length);
  let texts = await atATime(readsAtATime, outcomes, (outcome) => loadArtifact(outcome, store));
  for (const counts of groups.toReversed()) texts = grouped(texts, counts);
  const json = arrayOf(texts);
  if (Buffer.byteLength(json) <= flowLimits.inlineArtifactBytes) return { inline: json };
  return store.put(new TextEncoder().encode(json));
}

function bytesOf(outcome: StoredArtifact): number {
  return "inline" in outcome ? Buffer.byteLength(outcome.inline) : outcome.byteCount;
}

function grouped(texts: readonly string[], counts: readonly number[]): string[] {
  let start = 0;
  return counts.map((count) => {
    start += count;
    return arrayOf(texts.slice(start - count, start));
  });
}

function arrayOf(texts: readonly string[]): string {
  return `[${texts.join(",")}]`;
}

function tooLarge(count: number): KindredError {
  return new KindredError("limit-exceeded", {
    seen: `the ${count} outcomes are together more than ${flowLimits.foreachBytes} bytes as JSON`,
    expected: `at most ${flowLimits.foreachBytes}`,
    hint: "Put large data into blobs and return their references",
  });
}
