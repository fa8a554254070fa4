import { resolve } from "node:path";
import type { CollectableStore } from "../store/artifact-store.ts";
import { FolderOwners } from "../store/folder-owners.ts";
import type { MetadataStore } from "../store/metadata-store.ts";
import { type ArtifactPlace, openArtifacts } from "../store/open-artifacts.ts";
import { openMetadata } from "../store/open-metadata.ts";
import type { StorePlaces } from "../store/store-places.ts";
import { homePaths } from "./home-paths.ts";

/** Opens the metadata of a home's runs, wherever they are. @throws as {@link openMetadata} */
export async function openHomeMetadata(home: string, { metadata }: StorePlaces): Promise<MetadataStore> {
  return openMetadata(metadata ?? homePaths(resolve(home)).database);
}

/** Where the runs of a home live. */
export interface HomeStores {
  readonly metadata: MetadataStore;
  readonly artifacts: CollectableStore;
}

/** Uses the stores of a home to run something there, and closes them whatever happens. @throws as those that open them, and the use */
export async function withHomeStores<T>(
  home: string,
  places: StorePlaces,
  use: (stores: HomeStores) => Promise<T>,
): Promise<T> {
  const artifacts = await openArtifacts(homeArtifacts(home, places));
  const metadata = await openHomeMetadata(home, places);
  try {
    await noteOwner(home, metadata, artifacts);
    return await use({ metadata, artifacts });
  } finally {
    await metadata.close();
  }
}

/**
 * Notes whose runs these are, before they put anything: a collection must know every metadata whose rows name blobs of a store,
 * and whose runs have logs in a home.
 */
async function noteOwner(home: string, metadata: MetadataStore, artifacts: CollectableStore): Promise<void> {
  const identity = await metadata.collection.identity();
  await artifacts.addOwner(identity, metadata.place);
  await new FolderOwners(resolve(home)).add(identity, metadata.place);
}

/** Where the artifacts of a home's runs are. */
export function homeArtifacts(home: string, { artifacts, s3, cacheBytes }: StorePlaces): ArtifactPlace {
  const paths = homePaths(resolve(home));
  return { url: artifacts ?? paths.blobs, s3, cacheFolder: paths.blobCopies, cacheBytes };
}

/** Whether runs are read from other machines too: what those are to see lies in the stores, not in the home. */
export function areShared({ metadata, artifacts }: StorePlaces): boolean {
  return metadata !== undefined && artifacts !== undefined;
}
