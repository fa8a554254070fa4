import type { BlobRef } from "./blob.ts";
import type { DataSetManifest } from "./namespace/data-set.ts";
import type { RunSummary } from "./run-record.ts";
import type { DataSetStore } from "./store/data-set-store.ts";

/** The data sets of a home and of what it shares with other machines: the command line and programs come to them through it. */
export interface DataSets {
  readonly store: DataSetStore;
  /** @throws not-found */
  run(run: string): Promise<RunSummary>;
  /** What a version is made of. @throws artifact-damaged */
  manifest(ref: BlobRef): Promise<DataSetManifest>;
  /** Writes copies of its files into a folder of the caller's own. @throws artifact-damaged */
  checkOut(manifest: DataSetManifest, folder: string): Promise<void>;
  /** An empty folder on the file system of the home, removed when `use` is through with it. */
  withFolder<T>(use: (folder: string) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** How data sets are opened. */
export interface OpenDataSetsOptions {
  /** Makes no metadata where there is none: who looks at a home without runs leaves it as it is. */
  readonly onlyLooks?: boolean;
}
