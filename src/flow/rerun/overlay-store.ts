import type { BlobRef } from "../blob.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";

/** Reads what a store has, and writes elsewhere: what a task does to its blobs leaves the store as it is. */
export class OverlayStore implements ArtifactStore {
  private readonly below: ArtifactStore;
  private readonly above: ArtifactStore;
  private readonly written = new Set<string>();

  constructor(below: ArtifactStore, above: ArtifactStore) {
    this.below = below;
    this.above = above;
  }

  async put(bytes: Uint8Array): Promise<BlobRef> {
    return this.noted(await this.above.put(bytes));
  }

  async putFile(path: string, move: boolean): Promise<BlobRef> {
    return this.noted(await this.above.putFile(path, move));
  }

  async get(ref: BlobRef): Promise<Uint8Array> {
    return this.storeOf(ref).get(ref);
  }

  async path(ref: BlobRef): Promise<string> {
    return this.storeOf(ref).path(ref);
  }

  private noted(ref: BlobRef): BlobRef {
    this.written.add(ref.blob);
    return ref;
  }

  private storeOf(ref: BlobRef): ArtifactStore {
    return this.written.has(ref.blob) ? this.above : this.below;
  }
}
