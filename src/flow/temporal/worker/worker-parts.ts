import type { Clock } from "../../../base/index.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import type { MetadataStore } from "../../store/metadata-store.ts";
import type { ArtifactPlace } from "../../store/open-artifacts.ts";

/** What a worker of a cluster works with. */
export interface WorkerParts {
  readonly metadata: MetadataStore;
  readonly artifacts: ArtifactStore;
  readonly place: ArtifactPlace;
  /** Folder of logs, caches and work files of this machine. */
  readonly home: string;
  readonly cores: number;
  /** Where the secrets of steps are looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}
