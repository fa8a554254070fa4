import type { StoredArtifact } from "../run-record.ts";
import type { ArtifactStore } from "./artifact-store.ts";

/** The JSON of a stored artifact. @throws artifact-damaged */
export async function loadArtifact(artifact: StoredArtifact, store: ArtifactStore): Promise<string> {
  if ("inline" in artifact) return artifact.inline;
  return new TextDecoder().decode(await store.get(artifact));
}
