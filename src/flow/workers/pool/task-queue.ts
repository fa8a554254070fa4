import type { PoolTask } from "./pool-task.ts";

/** Tasks that need the same: those of one step. */
interface Lane {
  readonly name: string;
  /** The next task is the last. */
  readonly tasks: PoolTask[];
  runningCount: number;
}

/**
 * Tasks that wait for room, by step. Within a step those expected to take longest come first, else the order they came in: a long
 * task begun last would keep one core busy while the others idle (longest processing time first, Graham 1969). The step
 * with the fewest tasks running has its turn first, so that branches go on side by side.
 */
export class TaskQueue {
  private readonly lanes = new Map<string, Lane>();

  /** True when none of its step waited: another one would have been asked for in its place already. */
  add(task: PoolTask): boolean {
    const { tasks } = this.laneOf(task);
    let [low, high] = [0, tasks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tasks[middle] as PoolTask).expectedMs < task.expectedMs) low = middle + 1;
      else high = middle;
    }
    tasks.splice(low, 0, task);
    return tasks.length === 1;
  }

  /** True when it was there. */
  remove({ step, index }: { readonly step: string; readonly index: number }): boolean {
    for (const { tasks } of this.lanes.values()) {
      const place = tasks.findIndex(({ address }) => address.step === step && address.index === index);
      if (place < 0) continue;
      tasks.splice(place, 1);
      return true;
    }
    return false;
  }

  get isEmpty(): boolean {
    return [...this.lanes.values()].every(({ tasks }) => tasks.length === 0);
  }

  /** The next task of each step, in the order of their turns. */
  heads(): PoolTask[] {
    const waiting = [...this.lanes.values()].filter(({ tasks }) => tasks.length > 0);
    waiting.sort((left, right) => left.runningCount - right.runningCount);
    return waiting.map(({ tasks }) => tasks.at(-1) as PoolTask);
  }

  /** Takes the next task of its step out to run. */
  begin(task: PoolTask): void {
    const lane = this.laneOf(task);
    lane.tasks.pop();
    lane.runningCount += 1;
  }

  ended(task: PoolTask): void {
    this.laneOf(task).runningCount -= 1;
  }

  clear(): void {
    for (const { tasks } of this.lanes.values()) tasks.length = 0;
  }

  private laneOf({ address }: PoolTask): Lane {
    const name = address.index < 0 ? `${address.step}/plan` : address.step;
    const lane = this.lanes.get(name) ?? { name, tasks: [], runningCount: 0 };
    this.lanes.set(name, lane);
    return lane;
  }
}
