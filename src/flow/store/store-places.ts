import type { S3Settings } from "./s3/s3-settings.ts";

/** Where runs live when it is not in the home folder: what many machines share. Holds keys, so it is never written down. */
export interface StorePlaces {
  /** Run metadata: `postgres://USER@HOST/DATABASE`; default is a SQLite file of the home. */
  readonly metadata?: string | undefined;
  /** Artifacts: `s3://BUCKET/PREFIX`; default is a folder of the home. */
  readonly artifacts?: string | undefined;
  /** How the S3-compatible store is reached. */
  readonly s3?: S3Settings | undefined;
  /** Bytes that copies of files in S3 may take in the home, default 20 GiB. */
  readonly cacheBytes?: number | undefined;
}
