import type { BlobRef } from "../blob.ts";

/** A data set, whatever its version. */
export interface DataSetId {
  readonly project: string;
  readonly namespace: string;
  readonly name: string;
}

/** One version of a data set, which never changes. */
export interface DataSetVersion extends DataSetId {
  /** From 1. */
  readonly version: number;
  /** The run that made it. */
  readonly run: string;
  /** JSON of a {@link DataSetManifest} in the artifact store. */
  readonly manifest: BlobRef;
  /** The version that was published before it was: where a rollback leads. */
  readonly previous: number | null;
  readonly madeMs: number;
  readonly madeBy: string | null;
  /** Whether it is the one that is published now. */
  readonly isHead: boolean;
}

/** What a run made, wherever it is published. */
export interface DataSetOutput {
  readonly run: string;
  readonly name: string;
  readonly manifest: BlobRef;
}

/** One file of a data set: a path within its folder, with `/`, and its bytes. */
export interface DataSetFile extends BlobRef {
  readonly path: string;
}

/** What a data set is made of. */
export interface DataSetManifest {
  readonly version: 1;
  /** What it is, for who compares versions: `linkage` for what `kindred link` publishes, `files` for anything. */
  readonly kind: string;
  /** In the order of their paths. */
  readonly files: readonly DataSetFile[];
}
