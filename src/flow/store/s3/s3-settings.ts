import { KindredError } from "../../../base/index.ts";

/** Keys of an S3-compatible store. Only in memory: never in metadata, logs or artifacts. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of keys that run out. */
  readonly sessionToken?: string | undefined;
}

/** What an `s3://` URL leaves open. */
export interface S3Settings {
  /** Such as `http://127.0.0.1:9000`; default is Amazon's for the region. */
  readonly endpoint?: string | undefined;
  /** Default `us-east-1`. */
  readonly region?: string | undefined;
  readonly credentials?: S3Credentials | undefined;
}

/** A bucket, and the prefix of the keys in it: empty, or ending in a slash. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Reads `s3://bucket/prefix`. @throws config-invalid */
export function s3PlaceOf(url: string): S3Place {
  const [, bucket, path] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./=-]*))?$/.exec(url) ?? [];
  if (bucket === undefined) {
    const expected = "s3://BUCKET/PREFIX, the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    throw new KindredError("config-invalid", {
      seen: `artifacts in a place that is none: ${withoutSecrets(url)}`,
      expected,
    });
  }
  const prefix = (path ?? "").replace(/^\/+|\/+$/g, "");
  return { bucket, prefix: prefix === "" ? "" : `${prefix}/` };
}

/** The URL that an object has, by its key; that of the bucket without one. */
export function objectUrl({ bucket, prefix }: S3Place, { endpoint, region }: S3Settings, key: string | null): URL {
  const name = key === null ? "" : `${prefix}${key}`;
  if (endpoint !== undefined) return new URL(`${endpoint.replace(/\/+$/, "")}/${bucket}/${name}`);
  return new URL(`https://${bucket}.s3.${region ?? defaultRegion}.amazonaws.com/${name}`);
}

/** Where no region is named. */
export const defaultRegion = "us-east-1";

function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/]*@/, "//");
}
