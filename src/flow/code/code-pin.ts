import type { BlobRef } from "../blob.ts";

/** The code of a run as any machine can get it: bytes by their SHA-256, and the Kindred they were written for. */
export interface CodePin {
  /** SHA-256 of Kindred's own code on the machine where the run began. */
  readonly kindred: string;
  /** The archive of flow, sources and lockfile; null for a flow that is part of Kindred. */
  readonly pack: BlobRef | null;
  /** The flow's module: its path in the archive, or in Kindred's own code. */
  readonly module: string;
  /** It imports packages that the lockfile names, which a worker installs from its registry. */
  readonly needsPackages: boolean;
}
