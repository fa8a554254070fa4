import type { StepNode } from "../step-graph.ts";
import { type AttemptSpan, spanMs } from "./spans.ts";

/** What the tasks of a step used, beside what the step declares. */
export interface ResourceUse {
  readonly cpuSeconds: number;
  /** Cores that the busiest task kept busy, on the average of its time. */
  readonly coresMax: number;
  readonly peakMemoryBytes: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
  readonly declaredCpu: number;
  readonly declaredMemoryMiB: number | null;
}

/** A declaration that would fit better what was seen. */
export interface ResourceSuggestion {
  readonly step: string;
  readonly resource: "cpu" | "memoryMiB";
  readonly declared: number | null;
  /** What was used at most. */
  readonly used: number;
  readonly suggested: number;
  /** The flag of `kindred run`: `--with match.memoryMiB=1024`. */
  readonly flag: string;
}

const mebibyte = 1024 * 1024;

/** What a task may need more on another day than it did on this one. */
const memoryRoom = 1.25;

/** Declarations are rounded up to this, so that they do not change with every run. */
const memoryGrainMiB = 64;

/** Memory below this needs no declaration: any machine has it. */
const memoryWorthMiB = 512;

/** Between half and nine tenths of what is declared a task is at home. */
const roomyShare = 0.5;
const tightShare = 0.9;

/** A shorter attempt says nothing of cores: a process that starts is busier than its work. */
const cpuSeenMs = 500;

/** What all attempts of a step used. */
export function resourceUse(node: StepNode, spans: readonly AttemptSpan[]): ResourceUse {
  const use = { cpuSeconds: 0, coresMax: 0, peakMemoryBytes: 0, readBytes: 0, writtenBytes: 0 };
  for (const span of spans) {
    const { usage } = span;
    if (usage === null) continue;
    use.cpuSeconds += usage.cpuSeconds;
    if (spanMs(span) >= cpuSeenMs) use.coresMax = Math.max(use.coresMax, (1000 * usage.cpuSeconds) / spanMs(span));
    use.peakMemoryBytes = Math.max(use.peakMemoryBytes, usage.peakRssBytes);
    use.readBytes += usage.blobReadBytes;
    use.writtenBytes += usage.blobWrittenBytes;
  }
  return { ...use, declaredCpu: node.resources.cpu, declaredMemoryMiB: node.resources.memoryMiB };
}

/** What to declare in place of what is declared; nothing where that fits. */
export function suggestionsOf(step: string, use: ResourceUse): ResourceSuggestion[] {
  return [...memorySuggestion(step, use), ...cpuSuggestion(step, use)];
}

function memorySuggestion(step: string, use: ResourceUse): ResourceSuggestion[] {
  const { declaredMemoryMiB: declared, peakMemoryBytes } = use;
  const used = Math.ceil(peakMemoryBytes / mebibyte);
  const suggested = Math.ceil((used * memoryRoom) / memoryGrainMiB) * memoryGrainMiB;
  const fits =
    declared === null ? used < memoryWorthMiB : used >= declared * roomyShare && used <= declared * tightShare;
  if (used === 0 || fits || suggested === declared) return [];
  return [suggestion(step, "memoryMiB", declared, used, suggested)];
}

function cpuSuggestion(step: string, { declaredCpu: declared, coresMax }: ResourceUse): ResourceSuggestion[] {
  const used = Math.round(coresMax * 10) / 10;
  const suggested = Math.max(1, Math.round(coresMax));
  const fits = used >= declared * roomyShare && used <= declared + roomyShare;
  if (used === 0 || fits || suggested === declared || (declared < 1 && suggested === 1)) return [];
  return [suggestion(step, "cpu", declared, used, suggested)];
}

function suggestion(
  step: string,
  resource: ResourceSuggestion["resource"],
  declared: number | null,
  used: number,
  suggested: number,
): ResourceSuggestion {
  return { step, resource, declared, used, suggested, flag: `--with ${step}.${resource}=${suggested}` };
}
