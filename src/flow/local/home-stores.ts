import { resolve } from "node:path";
import type { MetadataStore } from "../store/metadata-store.ts";
import type { ArtifactPlace } from "../store/open-artifacts.ts";
import { openMetadata } from "../store/open-metadata.ts";
import type { StorePlaces } from "../store/store-places.ts";
import { homePaths } from "./home.ts";

/** Opens the metadata of a home's runs, wherever they are. @throws as {@link openMetadata} */
export async function openHomeMetadata(home: string, { metadata }: StorePlaces): Promise<MetadataStore> {
  return openMetadata(metadata ?? homePaths(resolve(home)).database);
}

/** Where the artifacts of a home's runs are. */
export function homeArtifacts(home: string, { artifacts, s3, cacheBytes }: StorePlaces): ArtifactPlace {
  const paths = homePaths(resolve(home));
  return { url: artifacts ?? paths.blobs, s3, cacheFolder: paths.blobCopies, cacheBytes };
}
