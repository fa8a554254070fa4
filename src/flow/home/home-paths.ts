import { join } from "node:path";

/** Where things are in a home. */
export interface HomePaths {
  readonly database: string;
  /** What the running tasks of all runs take of their host. */
  readonly admission: string;
  readonly blobs: string;
  /** Copies of blobs that are kept elsewhere. */
  readonly blobCopies: string;
  /** Links to those that params of runs name, under the names that they had. */
  readonly inputs: string;
  readonly logs: string;
  /** Work folders of attempts, on the file system of the blobs so that files can be moved there. */
  readonly temporary: string;
  /** Code packages of runs, unpacked. */
  readonly code: string;
  /** Compiled code, so that further workers start quicker. */
  readonly cache: string;
}

/** The layout of a home. */
export function homePaths(home: string): HomePaths {
  return {
    database: join(home, "runs.sqlite"),
    admission: join(home, "admission.sqlite"),
    blobs: join(home, "blobs"),
    blobCopies: join(home, "blob-copies"),
    inputs: join(home, "blob-copies", "inputs"),
    logs: join(home, "logs"),
    temporary: join(home, "tmp"),
    code: join(home, "code"),
    cache: join(home, "cache"),
  };
}
