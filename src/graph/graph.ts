import type { GraphManifest } from "./manifest.ts";

/** An opened graph, in memory but for its long texts. */
export interface Graph {
  readonly directory: string;
  readonly manifest: GraphManifest;
  /** Lets go of the file of long texts. */
  close(): void;
}
