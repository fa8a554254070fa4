import type { SourceSpec } from "../source-spec.ts";
import type { SourceProfile } from "./source-profile.ts";

/** How a source is sampled. */
export interface ProfileOptions {
  /** How many rows are looked at: half from the head, half spread over the rest. Default 4,000. */
  readonly sampleRows?: number;
  readonly seed?: number;
  /** Where standard input is spooled. Default: the system's folder for temporary files. */
  readonly temporaryDirectory?: string;
}

/**
 * Reads a source once, cheaply: finds its format, encoding and delimiter, counts its rows, and profiles a bounded sample.
 * @throws source-missing, source-empty, source-encoding, source-malformed with the place
 */
export async function profileSource(_spec: SourceSpec, _options: ProfileOptions = {}): Promise<SourceProfile> {
  throw new Error("being written");
}
