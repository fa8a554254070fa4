import type { TimeLane } from "../../flow/index.ts";

/** How much of each of `columns` equal parts of the run's time a lane was busy: attempts at a time, on the average. */
export function busyOf({ startMs, endMs }: TimeLane, spanMs: number, columns: number): number[] {
  const width = Math.max(spanMs, 1) / columns;
  const busy = new Array<number>(columns).fill(0);
  for (const [place, start] of startMs.entries()) {
    const end = endMs[place] as number;
    const [first, last] = [columnOf(start, width, columns), columnOf(end, width, columns)];
    for (let column = first; column <= last; column++) {
      const part = Math.min(end, (column + 1) * width) - Math.max(start, column * width);
      busy[column] = (busy[column] as number) + Math.max(0, part) / width;
    }
  }
  return busy;
}

function columnOf(ms: number, width: number, columns: number): number {
  return Math.min(columns - 1, Math.floor(ms / width));
}
