import type { BlobRef } from "../blob.ts";

/** Files that a param of a run names, as they were when the run was made. */
export interface RunInput {
  /** The absolute folder that relative paths began at, where the run was made. */
  readonly from: string;
  /** The absolute folder that the files were in. */
  readonly base: string;
  /** What the param names below it: a file, a glob; empty for the folder itself. */
  readonly rest: string;
  /** JSON of a `DataSetManifest` in the artifact store, its paths relative to `base`. */
  readonly manifest: BlobRef;
}
