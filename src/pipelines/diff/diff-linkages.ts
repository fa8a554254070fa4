import { type CauseKind, causeKinds, type EntityChangeKind, entityChangeKinds } from "../../linkage/index.ts";
import { openLinkage } from "../linkage/published-linkage.ts";
import { diffEntities, type EntityDiff } from "./entity-diffs.ts";
import { type LinkageSide, openSides } from "./linkage-side.ts";
import { diffPairs, type PairDiff } from "./pair-diffs.ts";

/** One of the two linkages in numbers. */
export interface DiffedLinkage {
  readonly directory: string;
  readonly run: string;
  readonly records: number;
  readonly matches: number;
  readonly entities: number;
}

/** How often a cause made a match come, or go. */
export interface CauseCount {
  readonly cause: CauseKind;
  readonly new: number;
  readonly lost: number;
}

/** Changes of entities of one kind: how many, and of how many entities before and after. */
export interface EntityChangeCount {
  readonly change: EntityChangeKind;
  readonly changes: number;
  readonly before: number;
  readonly after: number;
  /** How many of the changes have which cause. */
  readonly causes: Readonly<Record<string, number>>;
}

/** How two linkages differ. */
export interface LinkageDiff {
  readonly before: DiffedLinkage;
  readonly after: DiffedLinkage;
  readonly records: { readonly both: number; readonly new: number; readonly lost: number };
  readonly pairs: { readonly same: number; readonly new: number; readonly lost: number };
  readonly causes: readonly CauseCount[];
  readonly entities: readonly EntityChangeCount[];
  /** Every match that came or went, in the order of the records. */
  pairDiffs(): Generator<PairDiff>;
  /** Every change of entities, in the order of the entities before. */
  entityDiffs(): Generator<EntityDiff>;
}

/** What is compared, and how closely. */
export interface DiffOptions {
  /** Compare the people whom works name too. Default: the declared sources alone, as `matches.csv` has them. */
  readonly withPeople?: boolean;
  /** How many pairs that one side did not keep are compared anew to learn why; beyond, the cause is `unread`. */
  readonly lookedIntoMax?: number;
}

const lookedIntoByDefault = 5_000;

/**
 * Compares two published linkages, which may be of other sources, settings or models: matches that came and went with the cause
 * of each, and what became of entities. Memory grows with the records and the kept pairs, a few numbers for each.
 * @throws what {@link openLinkage} does for a folder that `kindred link` did not write
 */
export async function diffLinkages(
  before: string,
  after: string,
  { withPeople = false, lookedIntoMax = lookedIntoByDefault }: DiffOptions = {},
): Promise<LinkageDiff> {
  const sides = await openSides(await openLinkage(before), await openLinkage(after), withPeople);
  const { joint } = sides;
  const pairs = await diffPairs(joint, sides.before, sides.after, lookedIntoMax);
  const entities = diffEntities(joint, sides.before, sides.after, pairs);
  const news = Array.from({ length: pairs.count }, (_, i) => pairs.isNew(i));
  const countOf = (isWanted: (i: number) => boolean): number =>
    news.reduce((sum, _, i) => sum + (isWanted(i) ? 1 : 0), 0);
  return {
    before: numbersOf(sides.before),
    after: numbersOf(sides.after),
    records: recordCounts(sides.before, sides.after),
    pairs: { same: pairs.sameCount, new: countOf((i) => news[i] === true), lost: countOf((i) => news[i] === false) },
    causes: causeKinds
      .map((cause) => ({
        cause,
        new: countOf((i) => pairs.causes[i] === cause && news[i] === true),
        lost: countOf((i) => pairs.causes[i] === cause && news[i] === false),
      }))
      .filter((count) => count.new + count.lost > 0),
    entities: entityChangeKinds.map((change) => ({
      change,
      changes: entities.counts[change],
      before: entities.entitiesBefore[change],
      after: entities.entitiesAfter[change],
      causes: causesOf(change, entities.causes),
    })),
    pairDiffs: function* () {
      for (let i = 0; i < pairs.count; i++) yield pairs.at(i);
    },
    entityDiffs: entities.list,
  };
}

function numbersOf({ published, pairs, entityOf, entities }: LinkageSide): DiffedLinkage {
  return {
    directory: published.directory,
    run: published.run,
    records: entityOf.reduce((sum, entity) => sum + (entity >= 0 ? 1 : 0), 0),
    matches: pairs.matchCount,
    entities: entities.length,
  };
}

function recordCounts(before: LinkageSide, after: LinkageSide): LinkageDiff["records"] {
  const counts = { both: 0, new: 0, lost: 0 };
  before.entityOf.forEach((was, record) => {
    if (was < 0) counts.new++;
    else if ((after.entityOf[record] as number) < 0) counts.lost++;
    else counts.both++;
  });
  return counts;
}

function causesOf(change: EntityChangeKind, causes: ReadonlyMap<string, number>): Record<string, number> {
  const own = [...causes].filter(([key]) => key.startsWith(`${change} `));
  return Object.fromEntries(own.map(([key, count]) => [key.slice(change.length + 1), count]));
}
