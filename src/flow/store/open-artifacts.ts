import { KindredError, systemClock } from "../../base/index.ts";
import type { CollectableStore } from "./artifact-store.ts";
import { FolderStore } from "./folder-store.ts";
import type { S3Settings } from "./s3/s3-settings.ts";

/** Where artifacts are and what it takes to get at them. Goes to workers in memory; holds keys, so it is never written down. */
export interface ArtifactPlace {
  /** `s3://bucket/prefix`, or the path of a folder. */
  readonly url: string;
  readonly s3?: S3Settings | undefined;
  /** Where an S3 store keeps files that tasks ask the path of. */
  readonly cacheFolder?: string | undefined;
  /** Default 20 GiB. */
  readonly cacheBytes?: number | undefined;
}

const defaultCacheBytes = 20 * 1024 ** 3;

/** Opens artifacts in a folder or an S3-compatible store. @throws config-invalid when the URL is none, or keys or package are missing */
export async function openArtifacts(place: ArtifactPlace): Promise<CollectableStore> {
  const { url, s3, cacheFolder, cacheBytes } = place;
  if (url.startsWith("s3:")) {
    const [{ S3Client }, { S3Store }, { s3PlaceOf }, { BlobCache }] = await Promise.all([
      import("./s3/s3-client.ts"),
      import("./s3/s3-store.ts"),
      import("./s3/s3-settings.ts"),
      import("./blob-cache.ts"),
    ]);
    if (cacheFolder === undefined)
      throw new KindredError("config-invalid", { seen: "artifacts in S3 without a folder to cache them in" });
    const cache = new BlobCache(cacheFolder, cacheBytes ?? defaultCacheBytes, systemClock);
    return new S3Store(new S3Client(s3PlaceOf(url), s3 ?? {}), cache);
  }
  if (/^\w+:\/\//.test(url)) {
    const expected = "s3://BUCKET/PREFIX or the path of a folder";
    throw new KindredError("config-invalid", { seen: `artifacts at "${url.split(":")[0]}://..."`, expected });
  }
  return new FolderStore(url);
}
