import type { RunResult } from "../run-options.ts";
import type { StoredArtifact } from "../run-record.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { MetadataReader } from "../store/metadata-store.ts";
import { loadArtifact } from "../store/stored-artifact.ts";

/** What a run that is done came to: the artifact of its last step. @throws artifact-damaged */
export async function runResult(run: string, last: StoredArtifact | null, store: ArtifactStore): Promise<RunResult> {
  return { run, status: "done", artifact: last === null ? null : JSON.parse(await loadArtifact(last, store)) };
}

/** The artifact of the last step of a run; null while it has none. @throws not-found */
export async function lastArtifact(run: string, metadata: MetadataReader): Promise<StoredArtifact | null> {
  return (await metadata.readSteps(run)).at(-1)?.artifact ?? null;
}
