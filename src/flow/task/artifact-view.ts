import type { StoredArtifact } from "../run-record.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { loadArtifact } from "../store/stored-artifact.ts";

/** The artifacts of earlier steps in a worker: parsed once for all its tasks, hence frozen. */
export class ArtifactView {
  private readonly store: ArtifactStore;
  private readonly parsed = new Map<string, unknown>();

  constructor(store: ArtifactStore) {
    this.store = store;
  }

  async add(artifacts: Readonly<Record<string, StoredArtifact>>): Promise<void> {
    for (const [step, artifact] of Object.entries(artifacts)) {
      this.parsed.set(step, deepFreeze(JSON.parse(await loadArtifact(artifact, this.store))));
    }
  }

  /** Those of the named steps, in the order they were added. */
  view(steps: ReadonlySet<string>): Readonly<Record<string, unknown>> {
    return Object.freeze(Object.fromEntries([...this.parsed].filter(([step]) => steps.has(step))));
  }
}

function deepFreeze(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
