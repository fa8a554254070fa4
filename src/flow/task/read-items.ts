import type { StoredArtifact } from "../run-record.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { loadArtifact } from "../store/stored-artifact.ts";
import type { ItemIndex, ItemPage } from "./item-index.ts";

/** Reads what the plan of a step found out. @throws artifact-damaged */
export async function readItemIndex(stored: StoredArtifact, store: ArtifactStore): Promise<ItemIndex> {
  return JSON.parse(await loadArtifact(stored, store)) as ItemIndex;
}

/** Reads the items of a window; null when the step has none. @throws artifact-damaged */
export async function readItemPage(index: ItemIndex, window: number, store: ArtifactStore): Promise<ItemPage | null> {
  const page = index.pages[window];
  return page === undefined ? null : (JSON.parse(await loadArtifact(page, store)) as ItemPage);
}

/** All items one after the other, a page in memory at a time. @throws artifact-damaged */
export async function* readItems(
  index: ItemIndex,
  store: ArtifactStore,
): AsyncGenerator<{ readonly key: string; readonly item: unknown }> {
  for (let window = 0; window < index.pages.length; window++) {
    const { keys, items } = (await readItemPage(index, window, store)) as ItemPage;
    for (const [slot, key] of keys.entries()) yield { key, item: items[slot] };
  }
}
