import type { StoredArtifact } from "../run-record.ts";
import { planIndex, type StepPlan, type WindowAddress, windowOf, windowRange } from "../scheduler/index.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { ItemIndex, ItemPage } from "../task/item-index.ts";
import { readItemIndex, readItemPage } from "../task/read-items.ts";

/** What the plans of the steps found out, and the items of the open windows: never all items of a step. */
export class StepItems {
  private readonly store: ArtifactStore;
  private readonly stored = new Map<string, StoredArtifact>();
  private readonly indexes = new Map<string, ItemIndex>();
  private readonly pages = new Map<string, ItemPage>();

  constructor(store: ArtifactStore) {
    this.store = store;
  }

  /** Takes what the plan of a step found out. `closed` is true for a step that only others may ask about. */
  async add(step: string, items: StoredArtifact, closed: boolean): Promise<void> {
    this.stored.set(step, items);
    if (!closed) this.indexes.set(step, await readItemIndex(items, this.store));
  }

  /** Where the plan of a step is stored; null when it made none. */
  storedOf(step: string): StoredArtifact | null {
    return this.stored.get(step) ?? null;
  }

  planOf(step: string): StepPlan | null {
    const index = this.indexes.get(step);
    return index === undefined ? null : { width: index.width, skipped: index.skipped };
  }

  groupsOf(step: string): ItemIndex["groups"] {
    return this.indexes.get(step)?.groups ?? [];
  }

  /** Reads the items of a window, unless they are here. */
  async openWindow({ step, window }: WindowAddress): Promise<void> {
    if (this.pages.has(`${step}/${window}`)) return;
    const index = this.indexes.get(step);
    const page = index === undefined ? null : await readItemPage(index, window, this.store);
    if (page !== null) this.pages.set(`${step}/${window}`, page);
  }

  closeWindow({ step, window }: WindowAddress): void {
    this.pages.delete(`${step}/${window}`);
  }

  closeStep(step: string): void {
    this.indexes.delete(step);
  }

  /** The key of a task: that of its item, or the name of the step. */
  key(step: string, index: number): string {
    return this.pageOf(step, index)?.keys[slotOf(index)] ?? step;
  }

  /** JSON text of the item of a task; null for a step without items. */
  item(step: string, index: number): string | null {
    const page = index === planIndex ? undefined : this.pageOf(step, index);
    return page === undefined ? null : JSON.stringify(page.items[slotOf(index)] ?? null);
  }

  /** What the flow says of the size of a task's item; null when it says nothing. */
  size(step: string, index: number): number | null {
    return (index === planIndex ? undefined : this.pageOf(step, index))?.sizes?.[slotOf(index)] ?? null;
  }

  private pageOf(step: string, index: number): ItemPage | undefined {
    return this.pages.get(`${step}/${windowOf(index)}`);
  }
}

function slotOf(index: number): number {
  return index - windowRange(windowOf(index), Number.POSITIVE_INFINITY).start;
}
