import type { RunFacts } from "../store/collection-store.ts";
import { keepTag, type Retention, type RunKept } from "./retention.ts";

/** A run, and why it is kept; null when it goes. */
export interface RunDecision {
  readonly run: RunFacts;
  readonly kept: RunKept | null;
}

/** What a decision goes by beside the facts. */
export interface DecisionPlace {
  /** The project whose runs and data sets go; null for all. */
  readonly project: string | null;
  readonly retention: Retention;
  readonly nowMs: number;
}

/** Which runs go. `runs` are newest first; `promoted` are those that made what production has. */
export function decideRuns(
  runs: readonly RunFacts[],
  promoted: ReadonlySet<string>,
  { project, retention, nowMs }: DecisionPlace,
): readonly RunDecision[] {
  const done = new Map<string, number>();
  return runs.map((run) => {
    const line = JSON.stringify([run.project, run.flow, run.namespace]);
    const before = done.get(line) ?? 0;
    if (run.status === "done") done.set(line, before + 1);
    const isNewest = run.status === "done" && before < retention.keepRuns;
    const reasons: readonly (readonly [RunKept, boolean])[] = [
      ["other-project", project !== null && run.project !== project],
      ["running", run.status === "running"],
      ["production", promoted.has(run.run)],
      ["tagged", run.tags.includes(keepTag)],
      ["recent", nowMs - run.endedMs < retention.keepMs],
      ["newest", isNewest],
    ];
    return { run, kept: reasons.find(([, holds]) => holds)?.[0] ?? null };
  });
}
