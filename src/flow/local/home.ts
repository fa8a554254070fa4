import { join } from "node:path";
import { sha256 } from "../../base/index.ts";

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

/** The log of an attempt: `logs/12/match/shard-3.1.log`. */
export function logPath(home: string, run: string, step: string, key: string, attempt: number): string {
  return join(homePaths(home).logs, run, step, `${fileName(key)}.${attempt}.log`);
}

/** A key as a file name that is safe and unique everywhere, also where case is not told apart. */
export function fileName(key: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/.test(key)) return key;
  return `${key
    .replace(/[^A-Za-z0-9._-]+/g, "_")
    .replace(/^\.+/, "_")
    .slice(0, 80)}~${sha256(key).slice(0, 10)}`;
}
