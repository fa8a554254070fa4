import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TimeLine } from "../../src/flow/index.ts";
import { duration } from "../words.ts";
import { drawLanes, type LanePicture, rulerHeight } from "./draw-lanes.ts";
import { type BarPlace, barAt, layoutLanes, moved, type PlacedLane, type View, zoomed } from "./lane-layout.ts";

/** A task that is chosen on the time line. */
export interface ChosenTask {
  readonly step: string;
  readonly key: string;
}

interface Props {
  readonly timeLine: TimeLine;
  readonly onChoose: (task: ChosenTask) => void;
}

const arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

/** Every attempt as a bar on a canvas, step by step; the longest of each step stands out, for that is where skew shows. */
export function TimeLinePicture({ timeLine, onChoose }: Props) {
  const { placed, height } = useMemo(() => layoutLanes(timeLine), [timeLine]);
  const [at, setAt] = useState<BarPlace | null>(null);
  const [view, setView] = useState<View | null>(null);
  const shown = view ?? { fromMs: 0, toMs: Math.max(1, timeLine.spanMs) };
  if (placed.length === 0) return <p class="quiet">No task has begun.</p>;

  const startOf = ({ lane, place }: BarPlace): number => (placed[lane] as PlacedLane).lane.startMs[place] as number;
  const zoom = (factor: number): void => {
    const about = at === null ? (shown.fromMs + shown.toMs) / 2 : startOf(at);
    setView(factor === 0 ? null : zoomed(shown, factor, about, timeLine.spanMs));
  };
  const go = (next: BarPlace): void => {
    setAt(next);
    const startMs = startOf(next);
    if (startMs < shown.fromMs || startMs > shown.toMs)
      setView(zoomed(centred(shown, startMs), 1, startMs, timeLine.spanMs));
  };
  const choose = (next: BarPlace | null): void => {
    setAt(next);
    const task = next === null ? null : taskOf(placed, next);
    if (task !== null) onChoose(task);
  };
  const picture = { placed, view: shown, height, chosen: at };
  return (
    <div class="time-line">
      <LaneNames placed={placed} />
      <Lanes timeLine={timeLine} picture={picture} onGo={go} onZoom={zoom} onChoose={choose} />
      <p class="reading">
        <span aria-live="polite">
          {at === null
            ? `${duration(timeLine.spanMs)} in all; orange: the longest task of its step; red: failed`
            : reading(placed, at)}
        </span>
        <ZoomButtons onZoom={zoom} />
      </p>
    </div>
  );
}

interface LanesProps {
  readonly timeLine: TimeLine;
  readonly picture: Omit<LanePicture, "width">;
  readonly onGo: (next: BarPlace) => void;
  /** Below 1 nearer, above it further away, 0 for all. */
  readonly onZoom: (factor: number) => void;
  readonly onChoose: (next: BarPlace | null) => void;
}

function Lanes({ timeLine, picture, onGo, onZoom, onChoose }: LanesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const dark = useDark();
  const { placed, view, height, chosen } = picture;
  useLayoutEffect(() => {
    if (canvas.current !== null && width > 0) drawLanes(canvas.current, { ...picture, width });
  }, [timeLine, width, dark, chosen, view.fromMs, view.toMs]);
  const onKey = (event: KeyboardEvent): void => {
    const { key } = event;
    if (![...arrows, "Enter", " ", "+", "=", "-", "0"].includes(key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (key === "Enter" || key === " ") onChoose(chosen);
    else if (arrows.includes(key)) onGo(chosen === null ? firstOf(placed, key) : moved(placed, chosen, key));
    else onZoom(key === "0" ? 0 : key === "-" ? 2 : 0.5);
  };
  const onClick = (event: MouseEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const msOf = (x: number): number => view.fromMs + (x / Math.max(1, width)) * (view.toMs - view.fromMs);
    onChoose(barAt(placed, event.clientY - box.top, (slack) => msOf(event.clientX - box.left + slack)));
  };
  return (
    <div
      class="lanes"
      tabIndex={0}
      role="application"
      aria-label="Tasks in time. Arrows move from task to task, Enter opens one, plus and minus zoom, 0 shows all."
      onClick={onClick}
      onKeyDown={onKey}
    >
      <canvas ref={canvas} style={{ height: `${height + rulerHeight}px` }} />
    </div>
  );
}

function LaneNames({ placed }: { placed: readonly PlacedLane[] }) {
  return (
    <div class="lane-names" aria-hidden="true">
      {placed.map(({ lane, top }) => (
        <span key={lane.step} style={{ top: `${top}px` }}>
          {lane.step}
        </span>
      ))}
    </div>
  );
}

function ZoomButtons({ onZoom }: Pick<LanesProps, "onZoom">) {
  return (
    <span class="zoom">
      <button type="button" onClick={() => onZoom(0.5)} aria-label="Zoom in">
        +
      </button>
      <button type="button" onClick={() => onZoom(2)} aria-label="Zoom out">
        −
      </button>
      <button type="button" onClick={() => onZoom(0)}>
        All
      </button>
    </span>
  );
}

/** Where an arrow leads while nothing is chosen: to the first attempt, or to the last one of its lane. */
function firstOf(placed: readonly PlacedLane[], key: string): BarPlace {
  const first = { lane: 0, place: 0 };
  return key === "End" ? moved(placed, first, key) : first;
}

function centred({ fromMs, toMs }: View, ms: number): View {
  const half = (toMs - fromMs) / 2;
  return { fromMs: ms - half, toMs: ms + half };
}

function taskOf(placed: readonly PlacedLane[], { lane, place }: BarPlace): ChosenTask | null {
  const found = placed[lane]?.lane;
  const key = found?.keys[place];
  return found === undefined || key === undefined ? null : { step: found.step, key };
}

function reading(placed: readonly PlacedLane[], { lane, place }: BarPlace): string {
  const found = placed[lane]?.lane;
  if (found === undefined) return "";
  const took = (found.endMs[place] as number) - (found.startMs[place] as number);
  const attempt = found.attempts[place] as number;
  const again = attempt > 1 ? `, attempt ${attempt}` : "";
  return `${found.step}/${found.keys[place]}${again}, ${found.statuses[place]}, ${duration(took)} from ${duration(found.startMs[place] as number)} on`;
}

function useWidth(canvas: { readonly current: HTMLCanvasElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (canvas.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  return width;
}

/** A canvas keeps its colours: it is drawn again when the reader turns to the dark, or back. */
function useDark(): boolean {
  const query = matchMedia("(prefers-color-scheme: dark)");
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const turn = (): void => setDark(query.matches);
    query.addEventListener("change", turn);
    return () => query.removeEventListener("change", turn);
  }, []);
  return dark;
}
