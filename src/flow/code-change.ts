import { sha256, stableJson } from "../base/index.ts";
import type { CodePin } from "./code/code-pin.ts";
import type { RunCode } from "./run-record.ts";
import type { StepGraph, StepNode } from "./step-graph.ts";

/** What a step is, without how it is run: other retries or resources change no artifact. */
function meaning({ name, kind, after, conditional, within, catches }: StepNode): string {
  return stableJson({ name, kind, after, conditional, within, catches });
}

/** How many leading steps two graphs have in common: those whose artifacts a changed flow may keep. */
export function sameSteps(before: StepGraph, after: StepGraph): number {
  const first = after.steps.findIndex((step, i) => {
    const other = before.steps[i];
    return other === undefined || meaning(step) !== meaning(other);
  });
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
  const stepsBefore = new Map(before.steps.map((step) => [step.name, step]));
  for (const step of after.steps) {
    const old = stepsBefore.get(step.name);
    if (old === undefined) changes.push(`step ${step.name} was added`);
    else changes.push(...stepChanges(old, step));
  }
  for (const { name } of before.steps) {
    if (!after.steps.some((step) => step.name === name)) changes.push(`step ${name} was removed`);
  }
  return changes.length > 0 ? changes : ["the steps are in another order"];
}

function stepChanges(before: StepNode, after: StepNode): string[] {
  const fields = Object.keys(after) as (keyof StepNode)[];
  return fields
    .filter((field) => stableJson(before[field] ?? null) !== stableJson(after[field] ?? null))
    .map(
      (field) =>
        `${field} of step ${after.name} was ${stableJson(before[field] ?? null)}, is ${stableJson(after[field] ?? null)}`,
    );
}

/** The code that a run is pinned to. */
export function codeOf(
  graph: StepGraph,
  flowModule: string,
  exportName: string,
  codeVersion: string,
  pin?: CodePin,
): RunCode {
  const parts = { steps: graph.steps, codeVersion, ...(pin === undefined ? {} : { pin }) };
  const code = { flowModule, exportName, codeVersion, codeHash: sha256(stableJson(parts)) };
  return pin === undefined ? code : { ...code, pin };
}
