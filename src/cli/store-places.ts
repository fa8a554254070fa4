import type { StorePlaces } from "../flow/index.ts";

/** A variable of the environment that is set to something. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where runs live, from the environment: `KINDRED_METADATA`, `KINDRED_ARTIFACTS`, and the variables that tools for S3 share.
 * Keys come from there alone, so that they are in no command line, configuration or run.
 */
export function storePlaces(env: Environment): StorePlaces {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const hasKeys = Boolean(accessKeyId) && Boolean(secretAccessKey);
  const cacheMiB = Number(env.KINDRED_ARTIFACT_CACHE_MIB);
  return {
    metadata: env.KINDRED_METADATA || undefined,
    artifacts: env.KINDRED_ARTIFACTS || undefined,
    s3: {
      endpoint: env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || undefined,
      region: env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined,
      credentials: hasKeys
        ? {
            accessKeyId: accessKeyId as string,
            secretAccessKey: secretAccessKey as string,
            sessionToken: env.AWS_SESSION_TOKEN || undefined,
          }
        : undefined,
    },
    cacheBytes: cacheMiB > 0 ? cacheMiB * 1024 * 1024 : undefined,
  };
}
