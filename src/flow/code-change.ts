import { stableJson } from "../base/index.ts";
import type { StepGraph } from "./step-graph.ts";

/** How many leading steps two graphs have in common: those whose artifacts a changed flow may keep. */
export function sameSteps(before: StepGraph, after: StepGraph): number {
  const first = after.steps.findIndex((step, i) => stableJson(step) !== stableJson(before.steps[i]));
  return first < 0 ? after.steps.length : first;
}

/** What differs between the code of a run and the code here, for people. */
export function codeChanges(
  before: StepGraph,
  after: StepGraph,
  versionBefore: string,
  versionAfter: string,
): string[] {
  const changes = versionBefore === versionAfter ? [] : [`version ${versionBefore} became ${versionAfter}`];
  const stepsBefore = new Map(before.steps.map((step) => [step.name, stableJson(step)]));
  const stepsAfter = new Map(after.steps.map((step) => [step.name, stableJson(step)]));
  for (const [name, step] of stepsAfter) {
    const old = stepsBefore.get(name);
    if (old === undefined) changes.push(`step ${name} was added`);
    else if (old !== step) changes.push(`step ${name} is declared differently`);
  }
  for (const name of stepsBefore.keys()) if (!stepsAfter.has(name)) changes.push(`step ${name} was removed`);
  return changes.length > 0 ? changes : ["the steps are in another order"];
}
