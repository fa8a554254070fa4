import {
  type CauseKind,
  causeKinds,
  type Decision,
  type EntityChange,
  type EntityChangeKind,
  type EntityChanges,
  entityChanges,
} from "../../linkage/index.ts";
import { pairKey } from "../decisions/decided-pairs.ts";
import type { JointRecords } from "./joint-records.ts";
import type { LinkageSide } from "./linkage-side.ts";
import type { PairDiffs } from "./pair-diffs.ts";

/** Entities that changed, by their ids in either linkage, with why. */
export interface EntityDiff {
  readonly change: Exclude<EntityChangeKind, "unchanged">;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What most of the matches that came or went among their records have as cause; null where none did. */
  readonly cause: CauseKind | null;
}

/** All entities that changed. */
export interface EntityDiffs extends Pick<EntityChanges, "counts" | "entitiesBefore" | "entitiesAfter"> {
  /** How many changes of each kind have which cause. */
  readonly causes: ReadonlyMap<string, number>;
  list(): Generator<EntityDiff>;
}

/** Compares the entities of both sides, and gives each change the cause of the pairs behind it. */
export function diffEntities(
  joint: JointRecords,
  before: LinkageSide,
  after: LinkageSide,
  pairs: PairDiffs,
): EntityDiffs {
  const found = entityChanges(before.entityOf, after.entityOf);
  const tally = tallyCauses(found, joint, pairs, decisionsChanged(before, after));
  const causes = new Map<string, number>();
  for (let change = 0; change < found.changeCount; change++) {
    const kind = found.kindOf(change);
    if (kind === "unchanged") continue;
    const key = `${kind} ${causeOfChange(kind, tally.get(change))}`;
    causes.set(key, (causes.get(key) ?? 0) + 1);
  }
  return { ...found, causes, list };

  function* list(): Generator<EntityDiff> {
    for (const change of found.changes()) yield entityDiff(change, tally.get(change.change));
  }

  function entityDiff(change: EntityChange, counts: CauseCounts | undefined): EntityDiff {
    const kind = change.kind as EntityDiff["change"];
    return {
      change: kind,
      before: change.before.map((entity) => before.entities[entity] as string),
      after: change.after.map((entity) => after.entities[entity] as string),
      cause: causeOfChange(kind, counts),
    };
  }
}

interface CauseCounts {
  readonly new: Uint32Array;
  readonly lost: Uint32Array;
}

function tallyCauses(
  { changeOfRecord }: EntityChanges,
  joint: JointRecords,
  pairs: PairDiffs,
  decisions: readonly Decision[],
): ReadonlyMap<number, CauseCounts> {
  const tally = new Map<number, CauseCounts>();
  const add = (record: number, what: "new" | "lost", kind: CauseKind): void => {
    const change = changeOfRecord[record] as number;
    const counts = tally.get(change) ?? {
      new: new Uint32Array(causeKinds.length),
      lost: new Uint32Array(causeKinds.length),
    };
    tally.set(change, counts);
    const k = causeKinds.indexOf(kind);
    counts[what][k] = (counts[what][k] as number) + 1;
  };
  for (let i = 0; i < pairs.count; i++) {
    const isNew = pairs.isNew(i);
    // Both records may lie in one change or in two.
    const changes = new Set(pairs.recordsOf(i).map((record) => changeOfRecord[record] as number));
    const records = pairs.recordsOf(i).filter((record) => changes.delete(changeOfRecord[record] as number));
    for (const record of records) add(record, isNew ? "new" : "lost", pairs.causes[i] as CauseKind);
  }
  for (const { kind, left } of decisions) {
    const record = joint.numberOf(left.source, left.id);
    if (record !== undefined) add(record, kind === "same" ? "new" : "lost", "decision");
  }
  return tally;
}

/** Decisions that only one side knew: people may join records of which no pair was ever scored. */
function decisionsChanged(before: LinkageSide, after: LinkageSide): Decision[] {
  const keyOf = ({ kind, left, right }: Decision): string => `${kind} ${pairKey(left, right)}`;
  const [was, is] = [before.published.params.decisions, after.published.params.decisions];
  const [known, kept] = [new Set(was.map(keyOf)), new Set(is.map(keyOf))];
  return [...was.filter((one) => !kept.has(keyOf(one))), ...is.filter((one) => !known.has(keyOf(one)))];
}

function causeOfChange(kind: EntityChangeKind, counts: CauseCounts | undefined): CauseKind | null {
  const preferred = kind === "merged" || kind === "new" || kind === "grown" ? "new" : "lost";
  const other = preferred === "new" ? "lost" : "new";
  const cause = counts && (largest(counts[preferred]) ?? largest(counts[other]));
  if (cause !== undefined) return cause;
  return kind === "merged" || kind === "split" || kind === "moved" ? null : "record";
}

function largest(counts: Uint32Array): CauseKind | undefined {
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  return most === 0 ? undefined : causeKinds[counts.indexOf(most)];
}
