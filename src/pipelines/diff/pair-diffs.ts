import {
  type Cause,
  type CauseKind,
  causeKinds,
  causeOf,
  type PairChanges,
  type PairState,
  type PartMove,
  pairChanges,
  partMoves,
} from "../../linkage/index.ts";
import type { RecordName } from "../explain/explain-records.ts";
import { changedValues } from "./changed-values.ts";
import type { JointRecords } from "./joint-records.ts";
import type { LinkedType } from "./kept-pairs.ts";
import { type LinkageSide, stateOf } from "./linkage-side.ts";
import { type UnkeptPair, unkeptPairs } from "./unkept-pairs.ts";

/** A match that came or went, with why. */
export interface PairDiff {
  readonly change: "new" | "lost";
  readonly left: RecordName;
  readonly right: RecordName;
  readonly entityType: string;
  readonly before: PairView;
  readonly after: PairView;
  readonly cause: Cause;
  /** The parts of the weight, where it is known on both sides. */
  readonly parts: readonly PartMove[];
  /** Fields whose value is another now in either record. */
  readonly changedFields: readonly string[];
}

/** What a linkage says of a pair. */
export interface PairView extends Pick<PairState, "standing" | "weight" | "reason"> {
  readonly outcome: string | null;
}

/** All matches that came or went. */
export interface PairDiffs {
  readonly count: number;
  readonly sameCount: number;
  /** The cause of each, by its place. */
  readonly causes: readonly CauseKind[];
  isNew(i: number): boolean;
  /** The joint numbers of the two records. */
  recordsOf(i: number): readonly [left: number, right: number];
  at(i: number): PairDiff;
}

/**
 * Finds the matches that came and went, and the cause of each.
 * @param lookedInto of the pairs that one side did not keep, how many are compared anew to learn why
 */
export async function diffPairs(
  joint: JointRecords,
  before: LinkageSide,
  after: LinkageSide,
  lookedInto: number,
): Promise<PairDiffs> {
  const changes = pairChanges(before.pairs, after.pairs, joint.recordCount);
  const count = changes.before.length;
  const recordsOf = recordsReader(changes, before, after);
  const wanted = new Uint8Array(joint.recordCount);
  for (let i = 0; i < count; i++) for (const record of recordsOf(i)) wanted[record] = 1;
  const fieldsOf = count === 0 ? () => [] : await changedValues(before.published, after.published, joint, wanted);
  const unkeptBefore = await lookInto(before, changes.before, recordsOf, joint, lookedInto);
  const unkeptAfter = await lookInto(after, changes.after, recordsOf, joint, lookedInto);
  const at = (i: number): PairDiff => {
    const records = recordsOf(i);
    const [left, right] = [joint.nameOf(records[0]), joint.nameOf(records[1])];
    const entityType = typeOf(changes, i, before, after);
    const view = (side: LinkageSide, places: Int32Array, unkept: ReadonlyMap<number, UnkeptPair>): PairState =>
      stateOf(side, {
        place: places[i] as number,
        left,
        right,
        entityType,
        isThere: records.every((record) => (side.entityOf[record] as number) >= 0),
        unkept: unkept.get(i),
      });
    const [was, is] = [view(before, changes.before, unkeptBefore), view(after, changes.after, unkeptAfter)];
    const changedFields = [...new Set(records.flatMap(fieldsOf))].sort();
    return {
      change: is.isMatch ? "new" : "lost",
      left,
      right,
      entityType,
      before: pairView(was, before, changes.before[i] as number),
      after: pairView(is, after, changes.after[i] as number),
      cause: causeOf(was, is, changedFields),
      parts: was.parts.length > 0 && is.parts.length > 0 ? partMoves(was.parts, is.parts) : [],
      changedFields,
    };
  };
  const kinds = Uint8Array.from({ length: count }, (_, i) => causeKinds.indexOf(at(i).cause.kind));
  return {
    count,
    sameCount: changes.sameCount,
    causes: Array.from(kinds, (kind) => causeKinds[kind] as CauseKind),
    isNew: (i) => after.pairs.isMatch[changes.after[i] as number] === 1,
    recordsOf,
    at,
  };
}

function recordsReader(
  changes: PairChanges,
  before: LinkageSide,
  after: LinkageSide,
): (i: number) => readonly [number, number] {
  return (i) => {
    const [a, b] = [changes.before[i] as number, changes.after[i] as number];
    const [pairs, place] = b >= 0 ? [after.pairs, b] : [before.pairs, a];
    return [pairs.left[place] as number, pairs.right[place] as number];
  };
}

function typeOf(changes: PairChanges, i: number, before: LinkageSide, after: LinkageSide): string {
  const [a, b] = [changes.before[i] as number, changes.after[i] as number];
  const [pairs, place] = b >= 0 ? [after.pairs, b] : [before.pairs, a];
  return (pairs.types[pairs.type[place] as number] as LinkedType).entityType;
}

function pairView({ standing, weight, reason }: PairState, side: LinkageSide, place: number): PairView {
  return { standing, weight, reason, outcome: place < 0 ? null : side.pairs.outcomeOf(place) };
}

/** Of the pairs that a side has both records of and did not keep, evenly many over all of them. */
async function lookInto(
  side: LinkageSide,
  places: Int32Array,
  recordsOf: (i: number) => readonly [number, number],
  joint: JointRecords,
  most: number,
): Promise<ReadonlyMap<number, UnkeptPair>> {
  const open: number[] = [];
  places.forEach((place, i) => {
    if (place < 0 && recordsOf(i).every((record) => (side.entityOf[record] as number) >= 0)) open.push(i);
  });
  const step = Math.max(1, open.length / Math.max(1, most));
  const chosen = Array.from({ length: Math.min(open.length, most) }, (_, k) => open[Math.floor(k * step)] as number);
  const found = await unkeptPairs(
    side.published,
    chosen.map((i) => {
      const [left, right] = recordsOf(i);
      return [joint.nameOf(left), joint.nameOf(right)];
    }),
  );
  return new Map(chosen.map((i, k) => [i, found[k] as UnkeptPair]));
}
