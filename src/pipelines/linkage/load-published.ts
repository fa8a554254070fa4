import type { TaskBlobs } from "../../flow/index.ts";
import { blobsOf, type LinkageState } from "./linkage-state.ts";
import { openLinkage } from "./published-linkage.ts";

/** The step `load`: brings a published linkage back into the artifact store, so that it can be clustered anew. */
export async function loadPublished(blobs: TaskBlobs, directory: string): Promise<LinkageState> {
  const published = await openLinkage(directory);
  for (const ref of blobsOf(published.state, published.clustered)) {
    await blobs.putFile(published.blobs.pathOf(ref), ref.name === undefined ? {} : { name: ref.name });
  }
  return published.state;
}
