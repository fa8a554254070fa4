import { formatDuration } from "../../base/index.ts";
import type { TimeLine } from "../../flow/index.ts";
import { cutText, padText } from "../text-table.ts";
import { busyOf } from "./busy-columns.ts";

const levels = " ▁▂▃▄▅▆▇█";

/** The widest name of a step that is shown whole. */
const nameWidth = 14;

/** A line a step: how many of its tasks ran at each moment, up to the most that ever did. */
export function timeLineLines({ lanes, spanMs }: TimeLine, width: number): string[] {
  if (lanes.length === 0) return [];
  const columns = Math.max(20, width - nameWidth - 12);
  const busy = lanes.map((lane) => busyOf(lane, spanMs, columns));
  const most = Math.max(...busy.flat(), 1);
  const lines = lanes.map((lane, place) => {
    const bar = (busy[place] as number[]).map((part) => levelOf(part, most)).join("");
    return `  ${padText(cutText(lane.step, nameWidth), nameWidth, "left")} ${bar}`.trimEnd();
  });
  const end = formatDuration(spanMs);
  return [...lines, `  ${" ".repeat(nameWidth)} 0${end.padStart(columns - 1)}`];
}

/** Nothing is blank; what is something is never blank. */
function levelOf(part: number, most: number): string {
  if (part <= 0) return " ";
  return levels[Math.max(1, Math.round((part / most) * (levels.length - 1)))] as string;
}
