import { sha256, stableJson } from "../base/index.ts";
import { changedFiles } from "./code/changed-files.ts";
import type { CodePin } from "./code/code-pin.ts";
import type { RunCode } from "./run-record.ts";
import type { StepGraph, StepNode } from "./step-graph.ts";

/** A flow and its code, as a run has them or as they are here. */
export interface FlowState {
  readonly graph: StepGraph;
  readonly code: RunCode;
}

/** Which finished steps stay when a run goes on with other code: those that the change does not reach, or all that mean the same. */
export type KeptSteps = "unreached" | "same meaning";

/** The code that a run is pinned to. */
export function codeOf(
  graph: StepGraph,
  flowModule: string,
  exportName: string,
  codeVersion: string,
  pin?: CodePin,
): RunCode {
  const parts = { steps: graph.steps, codeVersion, module: pin?.module ?? null, pack: pin?.pack?.blob ?? null };
  const code = { flowModule, exportName, codeVersion, codeHash: sha256(stableJson(parts)) };
  return pin === undefined ? code : { ...code, pin };
}

/** Whether it is the same code, on whichever hosts. Kindred's own is compared where both say what it was. */
export function isSameCode(before: RunCode, after: RunCode): boolean {
  return before.codeHash === after.codeHash && !isOtherKindred(before, after);
}

/** The steps whose results a run may keep when it goes on with other code. No step is kept after one that is not. */
export function keptSteps(before: FlowState, after: FlowState, which: KeptSteps): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const [i, step] of after.graph.steps.entries()) {
    const old = before.graph.steps[i];
    const isSame = old !== undefined && meaning(step) === meaning(old);
    const isReached = which === "unreached" && mayBeReached(step.name, before.code, after.code);
    if (isSame && !isReached && step.after.every((name) => kept.has(name))) kept.add(step.name);
  }
  return kept;
}

/** The code here, with the steps that keep results of other code: of those that have any, the reached ones. */
export function mixedCode(before: FlowState, after: FlowState, withResults: ReadonlySet<string>): RunCode {
  const unreached = keptSteps(before, after, "unreached");
  const mixed = [...keptSteps(before, after, "same meaning")].filter(
    (step) => withResults.has(step) && !unreached.has(step),
  );
  return mixed.length === 0 ? after.code : { ...after.code, mixed };
}

/** What a step is, without how it is run: other retries or resources change no artifact. */
function meaning({ name, kind, after, conditional, within, catches }: StepNode): string {
  return stableJson({ name, kind, after, conditional, within, catches });
}

/** Of results that earlier code came to nothing is known; the code of a flow that is part of Kindred is as old as its version. */
function mayBeReached(step: string, before: RunCode, after: RunCode): boolean {
  if (before.codeVersion !== after.codeVersion || isOtherKindred(before, after)) return true;
  if (before.mixed?.includes(step) === true) return true;
  if (before.pin?.pack === null && after.pin?.pack === null) return before.pin.module !== after.pin.module;
  const [old, now] = [before.pin?.steps?.[step], after.pin?.steps?.[step]];
  return old === undefined || old !== now;
}

function isOtherKindred(before: RunCode, after: RunCode): boolean {
  const [old, now] = [before.pin?.kindred ?? null, after.pin?.kindred ?? null];
  return old !== null && now !== null && old !== now;
}

/** What differs between the code of a run and the code here, for people. */
export function codeChanges(before: FlowState, after: FlowState): string[] {
  const [oldPin, newPin] = [before.code.pin, after.code.pin];
  const changes = oldPin === undefined || newPin === undefined ? [] : changedFiles(oldPin, newPin);
  const [old, now] = [before.code.codeVersion, after.code.codeVersion];
  if (old !== now) changes.push(`version ${old} became ${now}`);
  else if (isOtherKindred(before.code, after.code)) changes.push("Kindred's own code changed");
  changes.push(...graphChanges(before.graph, after.graph));
  return changes.length > 0 ? changes : ["what it was is not known"];
}

function graphChanges(before: StepGraph, after: StepGraph): string[] {
  const stepsBefore = new Map(before.steps.map((step) => [step.name, step]));
  const changes = after.steps.flatMap((step) => {
    const old = stepsBefore.get(step.name);
    return old === undefined ? [`step ${step.name} was added`] : stepChanges(old, step);
  });
  for (const { name } of before.steps) {
    if (!after.steps.some((step) => step.name === name)) changes.push(`step ${name} was removed`);
  }
  const names = ({ steps }: StepGraph): string => steps.map(({ name }) => name).join(" ");
  return changes.length > 0 || names(before) === names(after) ? changes : ["the steps are in another order"];
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
