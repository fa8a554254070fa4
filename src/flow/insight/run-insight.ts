import type { RunRecord, RunStatus, StepStatus } from "../run-record.ts";
import { nodeOf } from "../step-graph.ts";
import { criticalPath, type PathStretch, stretchesOf } from "./critical-path.ts";
import { type Distribution, distributionOf } from "./distribution.ts";
import { idleTimeMs } from "./idle-time.ts";
import { type ResourceSuggestion, type ResourceUse, resourceUse, suggestionsOf } from "./resource-use.ts";
import { type Skew, skewOf } from "./skew.ts";
import { type AttemptSpan, lastAttempts, spanMs, spansOf } from "./spans.ts";

/** What there is to see of a step. */
export interface StepInsight {
  readonly step: string;
  readonly kind: "single" | "foreach";
  readonly status: StepStatus;
  /** Number of tasks; null until it is known. */
  readonly width: number | null;
  /** Tasks that are done or caught. */
  readonly ended: number;
  readonly failed: number;
  /** Attempts of them all. */
  readonly attempts: number;
  readonly tookMs: number | null;
  /** Of the tasks' last attempts, in ms; null when none has ended. */
  readonly times: Distribution | null;
  readonly skew: Skew | null;
  readonly use: ResourceUse;
}

/** What there is to see of a run. */
export interface RunInsight {
  readonly run: string;
  readonly status: RunStatus;
  readonly tookMs: number;
  /** See {@link idleTimeMs}. */
  readonly idleMs: number | null;
  readonly steps: readonly StepInsight[];
  /** What the time of the run was made of, from its beginning to its end. */
  readonly path: readonly PathStretch[];
  readonly suggestions: readonly ResourceSuggestion[];
}

/** All there is to see of a run, from its record alone. `nowMs` ends what still runs. */
export function insightOf(run: RunRecord, nowMs: number): RunInsight {
  const spans = spansOf(run, nowMs);
  const byStep = Map.groupBy(spans, ({ step }) => step);
  const steps = run.steps.map((step) => stepInsight(run, step, byStep.get(step.step) ?? []));
  return {
    run: run.run,
    status: run.status,
    tookMs: (run.endedMs ?? nowMs) - run.createdMs,
    idleMs: idleTimeMs(run, nowMs),
    steps,
    path: stretchesOf(criticalPath(run, spans)),
    suggestions: steps.flatMap(({ step, use }) => suggestionsOf(step, use)),
  };
}

function stepInsight(run: RunRecord, record: RunRecord["steps"][number], spans: readonly AttemptSpan[]): StepInsight {
  const { step, kind, status, width, startedMs, endedMs } = record;
  const node = nodeOf(run.graph, step) as NonNullable<ReturnType<typeof nodeOf>>;
  const tasks = record.tasks.filter(({ index }) => index >= 0);
  const last = lastAttempts(spans);
  return {
    ...{ step, kind, status, width },
    ended: tasks.filter((task) => task.status === "done" || task.status === "caught").length,
    failed: tasks.filter((task) => task.status === "failed").length,
    attempts: spans.filter(({ index }) => index >= 0).length,
    tookMs: startedMs === null || endedMs === null ? null : endedMs - startedMs,
    times: distributionOf(last.map(spanMs)),
    skew: kind === "foreach" ? skewOf(last) : null,
    use: resourceUse(node, spans),
  };
}
