import { probabilityOf } from "../classify/index.ts";
import type { PairState } from "./pair-state.ts";
import { largestMoves, type PartMove, partMoves } from "./part-moves.ts";
import { beyondParts, priorPart, restPart } from "./weight-parts.ts";

/** Why a pair may be a match in one linkage and not in the other. */
export const causeKinds = [
  "record",
  "decision",
  "value",
  "blocking",
  "threshold",
  "prior",
  "weights",
  "level",
  "comparison",
  "related",
  "competition",
  "guard",
  "calibration",
  "trusted",
  "constraint",
  "unread",
] as const;

/**
 * `record`: only one linkage has both records. `decision`: people said something else. `value`: a source changed a value.
 * `blocking`: only one linkage makes the pair. `threshold`: the weight is enough for one threshold only. `prior`, `weights`: the
 * model trusts the rule, or an agreement, differently. `level`: equal values compare differently, as others share them now.
 * `comparison`: a field is compared in one linkage only. `related`: people or works that both are
 * related to match, or no longer do. `competition`: rivals of either record came or went. `guard`: too little agrees in
 * one of them to say more than even odds. `calibration`: what labelled
 * pairs taught. `trusted`: an identifier. `constraint`: the weight
 * suffices, and something else forbids it. `unread`: not kept in one of them, and beyond the number of pairs that are looked into.
 */
export type CauseKind = (typeof causeKinds)[number];

/** Why a pair changed. */
export interface Cause {
  readonly kind: CauseKind;
  /** The part of the weight that moved most, or the field that changed; null where it is neither. */
  readonly part: string | null;
  readonly detail: string;
}

/**
 * The one cause of a change that weighs most, looked for in the order in which causes exclude each other: whether both
 * linkages could score the pair at all, then what decided. `changedFields` are those whose value is another in either record.
 */
export function causeOf(before: PairState, after: PairState, changedFields: readonly string[]): Cause {
  const [matched, other] = after.isMatch ? [after, before] : [before, after];
  const when = other === after ? "now" : "before";
  if (other.standing === "absent")
    return { kind: "record", part: null, detail: other === after ? "a record of it is gone" : "a record of it is new" };
  if (matched.decision !== other.decision) return decided(before, after);
  if (other.standing === "unmade") return unmade(changedFields, when);
  if (other.standing === "unread" || other.weight === null)
    return { kind: "unread", part: null, detail: `not kept ${when}: too unlikely, or no rule made it` };
  if (other.standing === "kept" && other.weight >= other.thresholdWeight)
    return { kind: "constraint", part: null, detail: other.reason };
  if (other.weight >= matched.thresholdWeight)
    return { kind: "threshold", part: null, detail: thresholdText(before, after) };
  return moved(partMoves(before.parts, after.parts), after.isMatch ? "up" : "down", changedFields);
}

function thresholdText(before: PairState, after: PairState): string {
  const [was, is] = [before, after].map(({ thresholdWeight }) => shownThreshold(probabilityOf(thresholdWeight)));
  return `the threshold was ${was} and is ${is}`;
}

/** Four decimals, and as many more as tell a threshold next to 0 or 1 from these. */
function shownThreshold(probability: number): number {
  for (let decimals = 4; decimals < 12; decimals += 2) {
    const shown = Number(probability.toFixed(decimals));
    if (shown > 0 && shown < 1) return shown;
  }
  return probability;
}

function decided(before: PairState, after: PairState): Cause {
  const said = after.decision ?? before.decision;
  const detail = `someone ${after.decision === null ? "took back that" : "decided that"} these are ${said === "same" ? "the same" : "different"}`;
  return { kind: "decision", part: null, detail };
}

function unmade(changedFields: readonly string[], when: string): Cause {
  if (changedFields.length === 0)
    return { kind: "blocking", part: null, detail: `no blocking rule makes the pair ${when}` };
  const detail = `${changedFields.join(", ")} changed, and no blocking rule makes the pair ${when}`;
  return { kind: "value", part: changedFields[0] as string, detail };
}

function moved(moves: readonly PartMove[], direction: "up" | "down", changedFields: readonly string[]): Cause {
  const [most] = largestMoves(moves, direction);
  if (most === undefined) return { kind: "constraint", part: null, detail: "the weight did not move" };
  const { name, before, after } = most;
  const field = name.replace(/ \(\w+\)$/, "");
  const by = `${name}: ${weightText(before?.weight)} to ${weightText(after?.weight)}`;
  if (name === priorPart) return { kind: "prior", part: name, detail: `${by}, ${rulesText(most)}` };
  if (changedFields.includes(field)) return { kind: "value", part: name, detail: `${by}; the value changed` };
  const beyond = beyondParts.find((one) => one === name);
  if (beyond !== undefined) return { kind: beyond, part: name, detail: by };
  if (name === restPart) return { kind: "calibration", part: name, detail: by };
  if (before === null || after === null)
    return { kind: "comparison", part: name, detail: `${by}; compared in one of them only` };
  if (before.level === after.level) return { kind: "weights", part: name, detail: `${by} for "${after.level}"` };
  return {
    kind: "level",
    part: name,
    detail: `${by}: "${before.level ?? "missing"}", now "${after.level ?? "missing"}"`,
  };
}

function rulesText({ before, after }: PartMove): string {
  return before?.level === after?.level
    ? `pairs by "${after?.level}"`
    : `pairs by "${before?.level}", now by "${after?.level}"`;
}

function weightText(weight: number | undefined): string {
  return weight === undefined ? "nothing" : `${weight >= 0 ? "+" : ""}${weight.toFixed(2)}`;
}
