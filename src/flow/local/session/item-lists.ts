import type { StoredArtifact } from "../../run-record.ts";
import { expansionIndex } from "../../scheduler/index.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import { loadArtifact } from "../worker/artifact-view.ts";
import type { ItemList } from "../worker/expansion.ts";

/** The item lists of the foreach steps under way, kept in memory only while a step runs. */
export class ItemLists {
  private readonly store: ArtifactStore;
  private readonly lists = new Map<string, ItemList>();

  constructor(store: ArtifactStore) {
    this.store = store;
  }

  async load(step: string, list: StoredArtifact): Promise<void> {
    this.lists.set(step, JSON.parse(await loadArtifact(list, this.store)) as ItemList);
  }

  /** The key of a task: that of its item, or the name of the step. */
  key(step: string, index: number): string {
    if (index === expansionIndex) return "(items)";
    return this.lists.get(step)?.keys[index] ?? step;
  }

  /** JSON text of the item of a task; null for a step without items. */
  item(step: string, index: number): string | null {
    const list = this.lists.get(step);
    return list === undefined || index === expansionIndex ? null : JSON.stringify(list.items[index] ?? null);
  }

  forget(step: string): void {
    this.lists.delete(step);
  }
}
