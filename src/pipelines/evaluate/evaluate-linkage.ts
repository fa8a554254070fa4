import {
  type EntityMember,
  type Evaluation,
  evaluate,
  evaluateTrivial,
  inOneEntity,
  type RecordPair,
  readTruth,
  type TrivialEvaluation,
} from "../../linkage/index.ts";
import { openLinkage, type PublishedLinkage } from "../linkage/published-linkage.ts";
import { publishedMembers } from "../linkage/published-members.ts";
import { readRows } from "./read-rows.ts";
import { scoredPairs } from "./scored-pairs.ts";
import { trivialRecords } from "./trivial-records.ts";
import { coverageOf, type TruthCoverage } from "./truth-coverage.ts";

/** How good a published linkage is, beside the rule that every linkage must beat. */
export interface LinkageEvaluation extends Evaluation {
  /** Titles equal and years within one, of people names equal; null where the sources have neither. */
  readonly trivial: TrivialEvaluation | null;
  /** Wrong merges among labelled pairs, by their records. */
  readonly wrongMerges: readonly RecordPair[];
  readonly coverage: TruthCoverage;
}

/**
 * Measures what is published in a folder against a file of truth.
 * @throws not-found when the folder holds no linkage, or none of the records of the truth; what `readTruth` does when the
 * truth has other columns, labels or sources
 */
export async function evaluateLinkage(directory: string, truthFile: string): Promise<LinkageEvaluation> {
  const published = await openLinkage(directory);
  const declared = published.state.plan.sources.map((plan) => plan.source);
  const people = published.state.plan.derived.map((derived) => derived.source);
  const truth = readTruth(await readRows(truthFile), [...declared, ...people], truthFile);
  // Whole clusters speak of catalogues only: to people named by works, not being listed says nothing.
  const sources = new Set(truth.kind === "clusters" ? declared : [...declared, ...people]);
  const members = await membersOf(published, sources);
  const coverage = coverageOf(truth, members, declared, truthFile);
  const dedupe = isWithinSources(published);
  const result = evaluate(await scoredPairs(published, sources), members, truth, dedupe);
  const isMerged = inOneEntity(members);
  const titled = await trivialRecords(published, truth.kind === "pairs" || areOfPeople(published));
  return {
    ...result,
    trivial: titled.length === 0 ? null : evaluateTrivial(titled, members, truth, dedupe),
    wrongMerges: truth.kind === "pairs" ? truth.pairs.filter((pair) => !pair.match && isMerged(pair)) : [],
    coverage,
  };
}

/** Whether duplicates within a source were looked for, be it because there is one source only. */
function isWithinSources({ state: { plan } }: PublishedLinkage): boolean {
  const declared = new Set(plan.sources.map((source) => source.entityType));
  return plan.types.filter((type) => declared.has(type.entityType)).every((type) => type.settings.dedupe);
}

/** Whether the catalogues themselves are of people. */
function areOfPeople({ state: { plan } }: PublishedLinkage): boolean {
  return plan.sources.every((source) => source.entityType === "person");
}

async function membersOf(published: PublishedLinkage, sources: ReadonlySet<string>): Promise<EntityMember[]> {
  const members: EntityMember[] = [];
  for await (const member of publishedMembers(published)) if (sources.has(member.source)) members.push(member);
  return members;
}
