import type { BlobRef } from "../blob.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { Secrets } from "./secrets.ts";

/** The artifact store as the code of a task has it: neither bytes nor a file that hold a secret of the task are taken. */
export class GuardedStore implements ArtifactStore {
  secrets = new Secrets([], {});
  private readonly store: ArtifactStore;

  constructor(store: ArtifactStore) {
    this.store = store;
  }

  async put(bytes: Uint8Array): Promise<BlobRef> {
    this.secrets.assertAbsent("a blob", bytes);
    return this.store.put(bytes);
  }

  async putFile(path: string, move: boolean): Promise<BlobRef> {
    await this.secrets.assertAbsentInFile(path);
    return this.store.putFile(path, move);
  }

  get(ref: BlobRef): Promise<Uint8Array> {
    return this.store.get(ref);
  }

  path(ref: BlobRef): Promise<string> {
    return this.store.path(ref);
  }
}
