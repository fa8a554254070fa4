import type { BlobRef, TaskBlobs } from "../../flow/index.ts";
import { blobsOf, type LinkageState } from "./linkage-state.ts";
import { openLinkage, type PublishedLinkage } from "./published-linkage.ts";

/**
 * The step `load`: brings a published linkage back into the artifact store, so that it can be clustered anew.
 * @throws not-found, artifact-damaged as {@link openLinkage} does, also for any file that is gone or was changed
 */
export async function loadPublished(blobs: TaskBlobs, directory: string): Promise<LinkageState> {
  const published = await openLinkage(directory);
  for (const ref of blobsOf(published.state, published.clustered)) await bringBack(blobs, published, ref);
  return published.state;
}

async function bringBack(blobs: TaskBlobs, published: PublishedLinkage, ref: BlobRef): Promise<void> {
  const name = ref.name === undefined ? {} : { name: ref.name };
  try {
    const stored = await blobs.putFile(published.blobs.pathOf(ref), name);
    if (stored.blob === ref.blob) return;
  } catch (error) {
    await published.blobs.get(ref);
    throw error;
  }
  // The copy went well and is not what was published: reading it says so.
  await published.blobs.get(ref);
}
