import type { RunOrder } from "../wire.ts";
import { OpenRun } from "./open-run.ts";
import type { WorkerParts } from "./worker-parts.ts";

/** A run without tasks here for so long lets its processes go. */
const idleMs = 30_000;

interface Shelved {
  readonly run: Promise<OpenRun>;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

/** The runs that a worker has tasks of: opened for the first, kept warm for the next, let go when there is none for a while. */
export class RunShelf {
  private readonly parts: WorkerParts;
  private readonly shelved = new Map<string, Shelved>();
  private readonly closing = new Set<Promise<void>>();

  constructor(parts: WorkerParts) {
    this.parts = parts;
  }

  /** @throws what opening throws: see {@link OpenRun.open} */
  async use<T>(order: RunOrder, work: (run: OpenRun) => Promise<T>): Promise<T> {
    const name = `${order.run}/${order.owner}`;
    const shelf = this.shelved.get(name) ?? this.open(name, order);
    shelf.users += 1;
    clearTimeout(shelf.idle);
    try {
      const run = await shelf.run;
      try {
        return await work(run);
      } finally {
        if (run.breakage !== null) this.forget(name, shelf);
      }
    } catch (error) {
      if (await isUnopened(shelf)) this.forget(name, shelf);
      throw error;
    } finally {
      shelf.users -= 1;
      if (shelf.users === 0) shelf.idle = setTimeout(() => this.forget(name, shelf), idleMs).unref();
    }
  }

  async close(): Promise<void> {
    for (const [name, shelf] of this.shelved) this.forget(name, shelf);
    await Promise.all(this.closing);
  }

  private open(name: string, order: RunOrder): Shelved {
    const shelf: Shelved = { run: OpenRun.open(this.parts, order), users: 0, idle: undefined };
    this.shelved.set(name, shelf);
    return shelf;
  }

  private forget(name: string, shelf: Shelved): void {
    if (this.shelved.get(name) !== shelf) return;
    this.shelved.delete(name);
    clearTimeout(shelf.idle);
    // What cannot be given back, others forget as that of a process that is gone.
    const closed = shelf.run.then((run) => run.close()).catch(() => undefined);
    this.closing.add(closed);
    void closed.finally(() => this.closing.delete(closed));
  }
}

async function isUnopened(shelf: Shelved): Promise<boolean> {
  return shelf.run.then(
    () => false,
    () => true,
  );
}
