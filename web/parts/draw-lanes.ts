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

/** Draws all attempts: of those that share a pixel one, so that 100,000 take no longer than there is room for. */
export function drawLanes(canvas: HTMLCanvasElement, picture: LanePicture): void {
  const scale = devicePixelRatio;
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round((picture.height + rulerHeight) * scale);
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(scale, scale);
  const styles = getComputedStyle(canvas);
  const colors = new Map<string, string>();
  const color = (name: string): string => {
    const known = colors.get(name) ?? styles.getPropertyValue(name);
    colors.set(name, known);
    return known;
  };
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
  const drawn = new DrawnLines(lane.lineCount);
  for (const [place, startMs] of lane.startMs.entries()) {
    const endMs = lane.endMs[place] as number;
    if (endMs < picture.view.fromMs || startMs > picture.view.toMs) continue;
    const line = lane.lines[place] as number;
    const fill = colorOf(lane.statuses[place] as string, place === longest);
    const isChosen = picture.chosen?.lane === number && picture.chosen.place === place;
    const x = xOf(startMs, picture);
    const width = Math.max(1.5, xOf(endMs, picture) - x - 0.5);
    if (!isChosen && !drawn.adds(line, x + width, fill)) continue;
    context.fillStyle = color(fill);
    const y = top + line * lineHeight;
    context.fillRect(x, y, width, thickness);
    if (!isChosen) continue;
    context.strokeStyle = color("--ink");
    context.lineWidth = 2;
    context.strokeRect(x - 1, y - 1, width + 2, thickness + 2);
  }
}

/** How far each line of a lane is drawn, and in which colour. */
class DrawnLines {
  private readonly ends: Float64Array;
  private readonly fills: string[] = [];

  constructor(lineCount: number) {
    this.ends = new Float64Array(lineCount).fill(Number.NEGATIVE_INFINITY);
  }

  /** False for a bar that would only be drawn over pixels of its own colour. */
  adds(line: number, endX: number, fill: string): boolean {
    const end = this.ends[line] as number;
    if (Math.ceil(endX) <= Math.ceil(end) && this.fills[line] === fill) return false;
    this.ends[line] = Math.max(end, endX);
    this.fills[line] = fill;
    return true;
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
