import type { WindowAddress } from "../../scheduler/index.ts";
import type { StepItems } from "../../workers/step-items.ts";

/**
 * Which windows the batches of a worker are at. The items of a window stay for the next batch of it: they go when a batch of
 * another window of the step has come and nobody is at them any more.
 */
export class WindowUses {
  private readonly items: StepItems;
  private readonly users = new Map<string, Map<number, number>>();
  private readonly latest = new Map<string, number>();

  constructor(items: StepItems) {
    this.items = items;
  }

  /** Has the items of the window while the work lasts. @throws artifact-damaged, and what the work throws */
  async use<T>({ step, window }: WindowAddress, work: () => Promise<T>): Promise<T> {
    const users = this.users.get(step) ?? new Map<number, number>();
    this.users.set(step, users);
    users.set(window, (users.get(window) ?? 0) + 1);
    this.latest.set(step, window);
    try {
      await this.items.openWindow({ step, window });
      return await work();
    } finally {
      users.set(window, (users.get(window) as number) - 1);
      this.letGo(step, users);
    }
  }

  private letGo(step: string, users: Map<number, number>): void {
    for (const [window, count] of users) {
      if (count > 0 || window === this.latest.get(step)) continue;
      users.delete(window);
      this.items.closeWindow({ step, window });
    }
  }
}
