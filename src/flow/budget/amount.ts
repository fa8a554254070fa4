import type { TaskUsage } from "../run-record.ts";

/** What runs may use, and do: each of it counted up over tasks, but for memory, which is that of the largest task. */
export const amountKinds = ["cpuHours", "memoryMiB", "tasks", "modelTokens", "money"] as const;

/** One of {@link amountKinds}. */
export type AmountKind = (typeof amountKinds)[number];

/** So much of each. */
export type Amount = Readonly<Record<AmountKind, number>>;

/** Nothing of anything. */
export const nothing: Amount = { cpuHours: 0, memoryMiB: 0, tasks: 0, modelTokens: 0, money: 0 };

/** What tasks used, from what was measured: of memory that of the largest, of all else the sum. */
export function amountOf(tasks: number, usage: Partial<TaskUsage>): Amount {
  return {
    cpuHours: (usage.cpuSeconds ?? 0) / 3600,
    memoryMiB: (usage.peakRssBytes ?? 0) / 1024 / 1024,
    tasks,
    modelTokens: usage.modelTokens ?? 0,
    money: usage.money ?? 0,
  };
}

/** Two amounts together. Commutative, associative, never less than either. */
export function together(a: Amount, b: Amount): Amount {
  return {
    cpuHours: a.cpuHours + b.cpuHours,
    memoryMiB: Math.max(a.memoryMiB, b.memoryMiB),
    tasks: a.tasks + b.tasks,
    modelTokens: a.modelTokens + b.modelTokens,
    money: a.money + b.money,
  };
}

/** So many tasks that use so much each. */
export function times(count: number, { cpuHours, memoryMiB, tasks, modelTokens, money }: Amount): Amount {
  if (count === 0) return nothing;
  return {
    cpuHours: count * cpuHours,
    memoryMiB,
    tasks: count * tasks,
    modelTokens: count * modelTokens,
    money: count * money,
  };
}
