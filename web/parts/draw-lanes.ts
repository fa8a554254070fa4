import { duration } from "../words.ts";
import type { BarPlace, PlacedLane, View } from "./lane-layout.ts";

/** What a picture of lanes is made of. */
export interface LanePicture {
  readonly placed: readonly PlacedLane[];
  readonly view: View;
  readonly width: number;
  readonly height: number;
  readonly chosen: BarPlace | null;
}

/** The height of the ruler below the lanes. */
export const rulerHeight = 24;

const failures: readonly string[] = ["failed", "crashed", "timed-out"];

/** Draws all attempts; 10,000 of them take a few milliseconds. */
export function drawLanes(canvas: HTMLCanvasElement, picture: LanePicture): void {
  const scale = devicePixelRatio;
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round((picture.height + rulerHeight) * scale);
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(scale, scale);
  const styles = getComputedStyle(canvas);
  const color = (name: string): string => styles.getPropertyValue(name);
  context.font = `12px ${styles.fontFamily}`;
  drawRuler(context, picture, color);
  for (const [lane, placed] of picture.placed.entries()) drawLane(context, picture, placed, lane, color);
}

/** Where a moment is, from the left. */
function xOf(ms: number, { view, width }: Pick<LanePicture, "view" | "width">): number {
  return ((ms - view.fromMs) / Math.max(1e-9, view.toMs - view.fromMs)) * width;
}

function drawLane(
  context: CanvasRenderingContext2D,
  picture: LanePicture,
  { lane, top, lineHeight, longest }: PlacedLane,
  number: number,
  color: (name: string) => string,
): void {
  const thickness = Math.max(1, lineHeight - (lineHeight > 4 ? 2 : 0));
  for (const [place, startMs] of lane.startMs.entries()) {
    const endMs = lane.endMs[place] as number;
    if (endMs < picture.view.fromMs || startMs > picture.view.toMs) continue;
    const status = lane.statuses[place] as string;
    const isChosen = picture.chosen?.lane === number && picture.chosen.place === place;
    context.fillStyle = color(colorOf(status, place === longest));
    const x = xOf(startMs, picture);
    const y = top + (lane.lines[place] as number) * lineHeight;
    const width = Math.max(1.5, xOf(endMs, picture) - x - 0.5);
    context.fillRect(x, y, width, thickness);
    if (!isChosen) continue;
    context.strokeStyle = color("--ink");
    context.lineWidth = 2;
    context.strokeRect(x - 1, y - 1, width + 2, thickness + 2);
  }
}

function colorOf(status: string, isLongest: boolean): string {
  if (failures.includes(status)) return "--against";
  if (status === "running") return "--wait";
  if (status === "done") return isLongest ? "--hue-2" : "--hue-3";
  return "--hue-5";
}

function drawRuler(context: CanvasRenderingContext2D, picture: LanePicture, color: (name: string) => string): void {
  const { view, height, width } = picture;
  const marks = Math.max(2, Math.floor(width / 130));
  const step = niceStep((view.toMs - view.fromMs) / marks);
  context.textBaseline = "bottom";
  for (let ms = Math.ceil(view.fromMs / step) * step; ms <= view.toMs; ms += step) {
    const x = xOf(ms, picture);
    context.fillStyle = color("--line");
    context.fillRect(x, 0, 1, height);
    context.fillStyle = color("--quiet");
    context.textAlign = x < 20 ? "left" : x > width - 30 ? "right" : "center";
    context.fillText(duration(ms), x, height + rulerHeight - 4);
  }
}

/** The smallest of 1, 2 or 5 times a power of ten that is not below `ms`. */
function niceStep(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, ms)));
  return ([1, 2, 5, 10].find((factor) => factor * power >= ms) ?? 10) * power;
}
