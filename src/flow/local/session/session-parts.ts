import type { Clock } from "../../../base/index.ts";
import type { HostOptions } from "../../run-options.ts";
import type { RunHead } from "../../run-record.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import type { MetadataStore, RunLease, StepPast } from "../../store/metadata-store.ts";
import type { RunTracer } from "../../telemetry/run-tracer.ts";
import type { Admission } from "../../workers/admission/index.ts";

/** What a session works with. */
export interface SessionParts {
  readonly lease: RunLease;
  readonly record: RunHead;
  readonly past: ReadonlyMap<string, StepPast>;
  readonly metadata: MetadataStore;
  readonly artifacts: ArtifactStore;
  /** The session closes it. */
  readonly admission: Admission;
  readonly options: HostOptions;
  readonly clock: Clock;
  /** Null where nobody listens. */
  readonly tracer: RunTracer | null;
}
