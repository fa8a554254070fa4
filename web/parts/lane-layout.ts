import type { TimeLane, TimeLine } from "../../src/flow/index.ts";

/** An attempt by its lane and its place within. */
export interface BarPlace {
  readonly lane: number;
  readonly place: number;
}

/** A lane where it is drawn. */
export interface PlacedLane {
  readonly lane: TimeLane;
  readonly top: number;
  readonly lineHeight: number;
  readonly height: number;
  /** The attempt that took longest, of three or more. */
  readonly longest: number;
}

/** The part of a run's time that is shown, in ms. */
export interface View {
  readonly fromMs: number;
  readonly toMs: number;
}

const gap = 12;
const laneHeightMax = 160;
const lineHeightMax = 14;

/** Puts lanes below one another; many lines make each of them thin. */
export function layoutLanes({ lanes }: TimeLine): { readonly placed: readonly PlacedLane[]; readonly height: number } {
  let top = 0;
  const placed = lanes.map((lane) => {
    const lineHeight = Math.min(lineHeightMax, laneHeightMax / lane.lineCount);
    const height = Math.max(lineHeightMax, lineHeight * lane.lineCount);
    const at = { lane, top, lineHeight, height, longest: longestOf(lane) };
    top += height + gap;
    return at;
  });
  return { placed, height: top };
}

/** The attempt under a point of the picture, or the nearest within a few pixels of it. */
export function barAt(placed: readonly PlacedLane[], y: number, msAt: (slack: number) => number): BarPlace | null {
  const lane = placed.findIndex(({ top, height }) => y >= top && y < top + height);
  const found = placed[lane];
  if (found === undefined) return null;
  const line = Math.floor((y - found.top) / found.lineHeight);
  const [fromMs, toMs] = [msAt(-3), msAt(3)];
  const { startMs, endMs, lines } = found.lane;
  const place = startMs.findLastIndex(
    (start, at) => lines[at] === line && start <= toMs && (endMs[at] as number) >= fromMs,
  );
  return place < 0 ? null : { lane, place };
}

/** The attempt that an arrow leads to: along the time of a lane, or to the one of that time in the next lane. */
export function moved(placed: readonly PlacedLane[], from: BarPlace, key: string): BarPlace {
  const here = placed[from.lane] as PlacedLane;
  const count = here.lane.keys.length;
  if (key === "ArrowRight") return { ...from, place: Math.min(count - 1, from.place + 1) };
  if (key === "ArrowLeft") return { ...from, place: Math.max(0, from.place - 1) };
  if (key === "Home") return { ...from, place: 0 };
  if (key === "End") return { ...from, place: count - 1 };
  const lane = from.lane + (key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0);
  const there = placed[lane];
  if (there === undefined || lane === from.lane) return from;
  const startMs = here.lane.startMs[from.place] as number;
  const place = there.lane.startMs.findIndex((start) => start >= startMs);
  return { lane, place: place < 0 ? there.lane.keys.length - 1 : place };
}

/** The view nearer to, or further from, a moment; never outside of the run. */
export function zoomed({ fromMs, toMs }: View, factor: number, aboutMs: number, spanMs: number): View {
  const width = Math.min(spanMs, Math.max(1, (toMs - fromMs) * factor));
  const share = (aboutMs - fromMs) / Math.max(1e-9, toMs - fromMs);
  const from = Math.min(Math.max(0, aboutMs - share * width), spanMs - width);
  return { fromMs: from, toMs: from + width };
}

function longestOf({ startMs, endMs }: TimeLane): number {
  if (startMs.length < 3) return -1;
  let longest = 0;
  const took = (place: number): number => (endMs[place] as number) - (startMs[place] as number);
  for (let place = 1; place < startMs.length; place++) if (took(place) > took(longest)) longest = place;
  return longest;
}
