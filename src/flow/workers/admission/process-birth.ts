import { readFileSync } from "node:fs";

/** When a process of this host began, in ticks since boot: tells it from a later one with its number. Empty where that is not known. */
export function processBirth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
