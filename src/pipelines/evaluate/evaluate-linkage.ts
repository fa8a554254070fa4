import { join } from "node:path";
import { columnOf, findColumn, numberAt, textAt } from "../../columns/index.ts";
import { memberEntities } from "../../graph/index.ts";
import {
  type Evaluation,
  evaluate,
  type RecordPair,
  recordKey,
  readTruth,
  type Scores,
  scoresOf,
  type TrivialRecord,
  trivialRule,
  type Truth,
} from "../../linkage/index.ts";
import { idColumn } from "../../records/index.ts";
import { openLinkage, type PublishedLinkage } from "../linkage/published-linkage.ts";
import { labelField, readRecords } from "../linkage/read-records.ts";
import { readRows } from "./read-rows.ts";

/** How good a published linkage is, beside the rule that every linkage must beat. */
export interface LinkageEvaluation extends Evaluation {
  /** Titles equal and years within one; null where the sources have no titles. */
  readonly trivial: Scores | null;
  /** Wrong merges among labelled pairs, by their records. */
  readonly wrongMerges: readonly RecordPair[];
}

/** The rows of `matches.csv` that an evaluation reads. */
type MatchRow = Record<"left_source" | "left_id" | "right_source" | "right_id" | "probability", string>;

/**
 * Measures what is published in a folder against a file of truth.
 * @throws not-found when the folder holds no linkage; column-missing when the truth has other columns
 */
export async function evaluateLinkage(directory: string, truthFile: string): Promise<LinkageEvaluation> {
  const published = await openLinkage(directory);
  const declared = published.state.plan.sources.map((plan) => plan.source);
  const people = published.state.plan.derived.map((derived) => derived.source);
  const truth = readTruth(await readRows(truthFile), [...declared, ...people]);
  const matches = (await readRows(join(directory, "matches.csv"))) as MatchRow[];
  const scored = matches.map((row) => ({ ...pairOf(row), probability: Number(row.probability) }));
  // Whole clusters speak of catalogues only: to people named by works, not being listed says nothing.
  const entities = await membersOf(directory, new Set(truth.kind === "clusters" ? declared : [...declared, ...people]));
  const result = evaluate(scored, entities, truth, isWithinSources(published));
  const entityOf = new Map(entities.map((member) => [recordKey(member), member.entity]));
  const isMerged = ({ left, right }: RecordPair): boolean => {
    const entity = entityOf.get(recordKey(left));
    return entity !== undefined && entity === entityOf.get(recordKey(right));
  };
  const wrongMerges = truth.kind === "pairs" ? truth.pairs.filter((pair) => !pair.match && isMerged(pair)) : [];
  return { ...result, trivial: await trivialScores(published, truth, result.pairs), wrongMerges };
}

/** Whether duplicates within a source were looked for, be it because there is one source only. */
function isWithinSources({ state: { plan } }: PublishedLinkage): boolean {
  const declared = new Set(plan.sources.map((source) => source.entityType));
  return plan.types.filter((type) => declared.has(type.entityType)).every((type) => type.settings.dedupe);
}

function pairOf(row: Omit<MatchRow, "probability">): RecordPair {
  return { left: { source: row.left_source, id: row.left_id }, right: { source: row.right_source, id: row.right_id } };
}

async function membersOf(
  directory: string,
  sources: ReadonlySet<string>,
): Promise<{ entity: string; source: string; id: string }[]> {
  const members: { entity: string; source: string; id: string }[] = [];
  for await (const member of memberEntities(join(directory, "graph")))
    if (sources.has(member.source)) members.push(member);
  return members;
}

async function trivialScores(published: PublishedLinkage, truth: Truth, found: Scores): Promise<Scores | null> {
  const records = await trivialRecords(published, truth.kind === "pairs");
  const pairs = trivialRule(records, isWithinSources(published));
  if (pairs.length === 0) return null;
  if (truth.kind === "clusters") {
    const clusterOf = (record: RecordPair["left"]): string =>
      truth.clusterByRecord.get(recordKey(record)) ?? recordKey(record);
    const right = pairs.filter((pair) => clusterOf(pair.left) === clusterOf(pair.right)).length;
    return scoresOf(right, pairs.length - right, found.truePositives + found.falseNegatives - right);
  }
  const said = new Set(
    pairs.flatMap(({ left, right }) => [
      `${recordKey(left)}|${recordKey(right)}`,
      `${recordKey(right)}|${recordKey(left)}`,
    ]),
  );
  const count = (match: boolean, predicted: boolean): number =>
    truth.pairs.filter(
      (pair) => pair.match === match && said.has(`${recordKey(pair.left)}|${recordKey(pair.right)}`) === predicted,
    ).length;
  return scoresOf(count(true, true), count(false, true), count(true, false), count(false, false));
}

/** For people, who have no year of release, the trivial rule is that names are equal. */
const yearOfPeople = 0;

async function trivialRecords(published: PublishedLinkage, withPeople: boolean): Promise<TrivialRecord[]> {
  const records: TrivialRecord[] = [];
  for await (const batch of readRecords(published.blobs, published.state)) {
    const label = labelField(batch);
    const isPeople = batch.entityType === "person";
    if (label === undefined || (isPeople && !withPeople)) continue;
    const [ids, titles, years] = [
      columnOf(batch.table, idColumn, "text"),
      columnOf(batch.table, label, "text"),
      findColumn(batch.table, "year"),
    ];
    for (let row = 0; row < batch.table.rowCount; row++) {
      const year = isPeople ? yearOfPeople : years?.kind === "number" ? numberAt(years, row) : null;
      records.push({ source: batch.source, id: textAt(ids, row) as string, title: textAt(titles, row), year });
    }
  }
  return records;
}
