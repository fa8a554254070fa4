import type { BlobRef } from "../blob.ts";

/** The code of a run as it was when the run began: bytes by their SHA-256, and the Kindred they were written for. */
export interface CodePin {
  /** SHA-256 of Kindred's own code on the machine where the run began; null for a run of one machine, where its version counts. */
  readonly kindred: string | null;
  /** The archive of flow, sources and lockfile; null for a flow that is part of Kindred. */
  readonly pack: BlobRef | null;
  /** The flow's module: its path in the archive, or in Kindred's own code. */
  readonly module: string;
  /** It imports packages that the lockfile names, which a worker installs from its registry. */
  readonly needsPackages: boolean;
  /** SHA-256 of each file of the archive; none of a flow that is part of Kindred. */
  readonly files?: Readonly<Record<string, string>>;
  /** SHA-256 of all code that each step reaches; none of a flow that is part of Kindred. */
  readonly steps?: Readonly<Record<string, string>>;
}
