import type { RunRecord } from "../run-record.ts";
import { needsPlan, nodeOf, type StepNode } from "../step-graph.ts";
import { type BusyCores, busyCores, countBelow } from "./busy-cores.ts";
import { type AttemptSpan, spanMs } from "./spans.ts";

/**
 * What a task waited for before it began: the run itself, a step before, its own next try, a free worker, or a resource
 * (memory, or one with a name) while workers were free.
 */
export type WaitCause = "start" | "dependency" | "back-off" | "worker" | "resource";

/** One attempt of the chain that decided how long the run took. */
export interface PathLink {
  readonly span: AttemptSpan;
  readonly waitedFor: WaitCause;
  /** From the end of the link before to the beginning of this one. */
  readonly waitMs: number;
  /** How long the task could have run, and was not let. */
  readonly queuedMs: number;
}

/**
 * The critical path: the chain of attempts from the beginning of a run to its last end, each of which could not begin
 * before the one before it ended. Its waits and works add up to the whole time.
 */
export function criticalPath(run: RunRecord, spans: readonly AttemptSpan[]): PathLink[] {
  const search = new PathSearch(run, spans);
  const links: PathLink[] = [];
  let span: AttemptSpan | undefined = lastOf(search.byEnd);
  while (span !== undefined) {
    const { before, waitedFor, readyMs } = search.before(span);
    const sinceMs = before?.endMs ?? Math.min(run.createdMs, span.startMs);
    links.push({ span, waitedFor, waitMs: span.startMs - sinceMs, queuedMs: Math.max(0, span.startMs - readyMs) });
    span = before;
  }
  return links.reverse();
}

/** A task that is ready begins within this, if nothing holds it up: what is below is the runtime's own time. */
const promptMs = 50;

interface Before {
  readonly before: AttemptSpan | undefined;
  readonly waitedFor: WaitCause;
  readonly readyMs: number;
}

/** Finds what an attempt waited for. */
class PathSearch {
  readonly byEnd: readonly AttemptSpan[];
  private readonly run: RunRecord;
  private readonly byStep: ReadonlyMap<string, readonly AttemptSpan[]>;
  /** Those that listed the items of a step or asked its condition. */
  private readonly plans: ReadonlyMap<string, readonly AttemptSpan[]>;
  private readonly attempts = new Map<string, AttemptSpan>();
  private readonly busy: BusyCores;
  private readonly used = new Set<AttemptSpan>();

  constructor(run: RunRecord, spans: readonly AttemptSpan[]) {
    this.run = run;
    this.byEnd = spans.toSorted((a, b) => a.endMs - b.endMs || a.startMs - b.startMs);
    this.byStep = Map.groupBy(this.byEnd, ({ step }) => step);
    this.plans = Map.groupBy(
      this.byEnd.filter(({ index }) => index < 0),
      ({ step }) => step,
    );
    this.busy = busyCores(run.graph, spans);
    for (const span of spans) this.attempts.set(nameOf(span, span.attempt), span);
  }

  before(span: AttemptSpan): Before {
    this.used.add(span);
    const earlier = this.attempts.get(nameOf(span, span.attempt - 1));
    if (earlier !== undefined && this.isFree(earlier, span))
      return { before: earlier, waitedFor: "back-off", readyMs: span.startMs };
    const node = nodeOf(this.run.graph, span.step);
    const dependency = node === undefined ? undefined : this.lastDependency(node, span);
    const readyMs = dependency?.endMs ?? this.run.createdMs;
    const blocker = this.lastBefore(this.byEnd, span);
    if (node !== undefined && blocker !== undefined && blocker.endMs > readyMs && span.startMs - readyMs > promptMs)
      return { before: blocker, waitedFor: this.isCrowded(node, blocker.endMs) ? "worker" : "resource", readyMs };
    return { before: dependency, waitedFor: dependency === undefined ? "start" : "dependency", readyMs };
  }

  /** What the step waits for that ended last: a task of a step before it, or the one that listed its items. */
  private lastDependency(node: StepNode, span: AttemptSpan): AttemptSpan | undefined {
    const plans = needsPlan(node) && span.index >= 0 ? this.plans.get(node.name) : undefined;
    const lists = [plans, ...node.after.map((step) => this.byStep.get(step))];
    return lists
      .flatMap((list) => this.lastBefore(list ?? [], span) ?? [])
      .reduce<AttemptSpan | undefined>((last, each) => (last && last.endMs >= each.endMs ? last : each), undefined);
  }

  /** Of a list by end the last that had ended when the span began. */
  private lastBefore(byEnd: readonly AttemptSpan[], span: AttemptSpan): AttemptSpan | undefined {
    for (let place = countBelow(byEnd, ({ endMs }) => endMs, span.startMs + 1) - 1; place >= 0; place--) {
      const found = byEnd[place] as AttemptSpan;
      if (this.isFree(found, span)) return found;
    }
    return undefined;
  }

  /** Attempts of no length may end and begin in one moment: none is taken twice. */
  private isFree(found: AttemptSpan, span: AttemptSpan): boolean {
    return found.endMs <= span.startMs && !this.used.has(found);
  }

  /** True when all cores that the run ever had were taken up to that moment, or the step declares nothing else that it could wait for. */
  private isCrowded({ resources }: StepNode, untilMs: number): boolean {
    const { memoryMiB, diskMiB, named } = resources;
    if (memoryMiB === null && diskMiB === null && Object.keys(named).length === 0) return true;
    return this.busy.before(untilMs) + resources.cpu > this.busy.max;
  }
}

function nameOf({ step, index }: AttemptSpan, attempt: number): string {
  return `${step}/${index}/${attempt}`;
}

function lastOf<T>(list: readonly T[]): T | undefined {
  return list[list.length - 1];
}

/** Links of one step in a row, as people read the path. */
export interface PathStretch {
  readonly step: string;
  /** Attempts that ran one after the other. */
  readonly attempts: number;
  /** The longest of them. */
  readonly longestKey: string;
  readonly longestMs: number;
  readonly workMs: number;
  /** Time between the links before and these, by what was waited for. */
  readonly waitMs: Readonly<Record<WaitCause, number>>;
  /** Those of these waits that are news: what is shorter is the runtime's own time. */
  readonly waits: readonly PathWait[];
}

/** A wait as people read it: so long, "for a worker". */
export interface PathWait {
  readonly ms: number;
  readonly words: string;
}

const waitWords: Readonly<Record<WaitCause, string>> = {
  start: "for the run to begin",
  dependency: "for steps before",
  "back-off": "to try again",
  worker: "for a worker",
  resource: "for a resource",
};

/** The path with the attempts of a step that follow one another taken together: as short as the flow, not as the run. */
export function stretchesOf(links: readonly PathLink[]): PathStretch[] {
  const groups: PathLink[][] = [];
  for (const link of links) {
    const group = lastOf(groups);
    if (group !== undefined && group[0]?.span.step === link.span.step) group.push(link);
    else groups.push([link]);
  }
  return groups.map(stretchOf);
}

function stretchOf(links: readonly PathLink[]): PathStretch {
  const waitMs = { start: 0, dependency: 0, "back-off": 0, worker: 0, resource: 0 };
  for (const link of links) waitMs[link.waitedFor] += link.waitMs;
  const { span } = links.reduce((best, link) => (spanMs(link.span) > spanMs(best.span) ? link : best));
  return {
    step: span.step,
    attempts: links.length,
    longestKey: span.key,
    longestMs: spanMs(span),
    workMs: links.reduce((sum, link) => sum + spanMs(link.span), 0),
    waitMs,
    waits: (Object.entries(waitMs) as [WaitCause, number][])
      .filter(([, ms]) => ms >= promptMs)
      .map(([cause, ms]) => ({ ms, words: waitWords[cause] })),
  };
}
