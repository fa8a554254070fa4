import { residentBytes } from "./process-tree.ts";
import type { WorkerHandle } from "./worker-handle.ts";

const bytesPerMiB = 1024 * 1024;

/** A worker that holds less has little left of earlier tasks: Node itself takes 60 MiB. */
const smallBytes = 96 * bytesPerMiB;

/** Workers that wait for their next task. */
export class IdleWorkers {
  private readonly workers: WorkerHandle[] = [];

  add(worker: WorkerHandle): void {
    worker.onMessage = () => {};
    worker.onEnd = () => this.remove(worker);
    this.workers.push(worker);
  }

  /**
   * One with that heap limit, or null. When all have another, one of them is ended, so that there are never more workers than
   * tasks at a time; so is one that still holds half of what the task may: a task answers for its own memory alone.
   */
  take(heapMiB: number | null, memoryMiB: number): WorkerHandle | null {
    const worker = this.workers.findLast((each) => each.heapMiB === heapMiB) ?? this.workers.at(-1);
    if (worker === undefined) return null;
    this.remove(worker);
    const heldBytes = memoryMiB === 0 ? 0 : (residentBytes([worker.pid]) ?? 0);
    if (worker.heapMiB === heapMiB && heldBytes <= Math.max(smallBytes, (memoryMiB * bytesPerMiB) / 2)) return worker;
    worker.onEnd = () => {};
    worker.kill();
    return null;
  }

  takeAll(): WorkerHandle[] {
    return this.workers.splice(0);
  }

  private remove(worker: WorkerHandle): void {
    const place = this.workers.indexOf(worker);
    if (place >= 0) this.workers.splice(place, 1);
  }
}
