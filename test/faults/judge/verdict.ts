import type { Evidence } from "./evidence.ts";

/** What the judge found: results that are missing or not those of the calm run, and results that were counted twice. */
export interface Verdict {
  readonly lost: number;
  readonly doubled: number;
  readonly problems: readonly string[];
}

/**
 * Compares a run that a fault came into with one that nothing came into. `earlier` is what was committed when the
 * fault had come: it must have stayed, and must not have been done again.
 */
export function judge(calm: Evidence, found: Evidence, earlier: Evidence | null): Verdict {
  const lost: string[] = [...found.damage.filter((text) => !text.endsWith("twice"))];
  const doubled: string[] = [...found.damage.filter((text) => text.endsWith("twice"))];
  if (found.runs > 1) doubled.push(`${found.runs} runs`);
  if (found.status !== "done") lost.push(`the run is ${found.status}`);
  if (found.published !== calm.published) lost.push("what is published is not that of a calm run");
  for (const [step, state] of calm.steps) {
    if (found.steps.get(step) !== state) lost.push(`step ${step}: ${found.steps.get(step)} in place of ${state}`);
  }
  for (const [name, task] of calm.tasks) {
    const there = found.tasks.get(name);
    if (there?.status !== task.status || there.artifact !== task.artifact)
      lost.push(`task ${name}: ${there?.status} ${there?.artifact} in place of ${task.status} ${task.artifact}`);
    if (there !== undefined && there.doneAttempts > 1)
      doubled.push(`task ${name} was done ${there.doneAttempts} times`);
    if (there !== undefined && there.doneAttempts === 0) lost.push(`task ${name} has no attempt that is done`);
  }
  for (const name of found.tasks.keys()) if (!calm.tasks.has(name)) doubled.push(`task ${name} is one too many`);
  for (const [name, task] of earlier?.tasks ?? []) {
    if (task.status !== "done") continue;
    const now = found.tasks.get(name);
    if (now?.artifact !== task.artifact)
      lost.push(`task ${name} was committed as ${task.artifact}, and is ${now?.artifact}`);
    if (now !== undefined && now.attempts !== task.attempts)
      doubled.push(`task ${name} was done by attempt ${task.attempts}, and was begun again`);
  }
  return { lost: lost.length, doubled: doubled.length, problems: [...lost, ...doubled] };
}
