import { KindredError } from "../../base/index.ts";
import { type Explanation, explainPair, type Model } from "../../linkage/index.ts";
import { decidedPairs } from "../decisions/decided-pairs.ts";
import { pairTable } from "../linkage/pair-table.ts";
import type { PublishedLinkage } from "../linkage/published-linkage.ts";
import { findRecords, type PlainRecord, readable } from "../linkage/read-records.ts";
import { type LinkedPair, pairReader } from "../linkage/result-files.ts";
import { getFrozen } from "../linkage/stored-counts.ts";
import { getJson, getTable } from "../linkage/stored-table.ts";

/** A record by its source and id. */
export interface RecordName {
  readonly source: string;
  readonly id: string;
}

/** Why a pair is, or is not, one entity. */
export interface PairExplanation extends Explanation {
  readonly left: PlainRecord;
  readonly right: PlainRecord;
  readonly entityType: string;
  /** What clustering made of the pair; `not kept` when it was never scored or too unlikely to be written down. */
  readonly outcome: LinkedPair["outcome"] | "not kept";
  /** Why, where the outcome is not a plain match. */
  readonly reason: string;
}

/**
 * Explains any two records of a published linkage: the evidence of each field, and what became of the pair.
 * @throws not-found when a record is not there; argument-invalid when they are of two entity types
 */
export async function explainRecords(
  published: PublishedLinkage,
  left: RecordName,
  right: RecordName,
): Promise<PairExplanation> {
  const { blobs, state } = published;
  const records = await findRecords(blobs, state, [left, right]);
  const [first, second] = [left, right].map((name) => recordNamed(records, name));
  if (first?.entityType !== second?.entityType) {
    throw new KindredError("argument-invalid", {
      seen: `${left.source}/${left.id} is of type ${first?.entityType} and ${right.source}/${right.id} of type ${second?.entityType}`,
      expected: "two records of one entity type: others are never compared",
    });
  }
  const ordered = inSourceOrder(published, first as PlainRecord, second as PlainRecord);
  const entityType = ordered[0].entityType;
  const scored = state.scored.find((type) => type.entityType === entityType);
  if (!scored)
    throw new KindredError("not-found", {
      seen: `no model of the entity type "${entityType}"`,
      expected: "a type that was linked",
    });
  const model = await getJson<Model>(blobs, scored.model);
  const kept = (await linksAmong(published, entityType, [left, right])).find((link) => isPair(link, left, right));
  const explanation = explainPair(
    pairTable(ordered, model.settings.fields),
    model,
    await getFrozen(blobs, scored.frozen),
    kept,
  );
  const because = explanation.rule === null ? "no blocking rule makes this pair" : "too unlikely to be kept";
  return {
    ...explanation,
    left: readable(ordered[0], state),
    right: readable(ordered[1], state),
    entityType,
    ...asDecided(published, [left, right], {
      outcome: kept?.outcome ?? "not kept",
      reason: kept?.reason ?? because,
    }),
  };
}

/** What people said of a pair holds whatever its weight is. */
function asDecided(
  { params, clustered }: PublishedLinkage,
  [left, right]: readonly [RecordName, RecordName],
  found: Pick<PairExplanation, "outcome" | "reason">,
): Pick<PairExplanation, "outcome" | "reason"> {
  const refused = decidedPairs(clustered.refusedDecisions)(left, right);
  const kind = refused === undefined ? decidedPairs(params.decisions)(left, right) : undefined;
  if (kind === undefined || (kind === "same" && found.outcome === "match")) return found;
  return kind === "same"
    ? { outcome: "match", reason: "someone decided that these are the same" }
    : { ...found, reason: "someone decided that these are different" };
}

/** The cleaned records of these names, in their order; those that are not there are left out. */
export async function publishedRecords(
  published: PublishedLinkage,
  names: readonly RecordName[],
): Promise<PlainRecord[]> {
  const { blobs, state } = published;
  const records = names.length === 0 ? [] : await findRecords(blobs, state, names);
  return records.map((record) => readable(record, state));
}

function recordNamed(records: readonly PlainRecord[], name: RecordName): PlainRecord {
  const found = records.find((record) => record.source === name.source && record.id === name.id);
  if (found) return found;
  throw new KindredError("not-found", {
    seen: `no record ${name.source}/${name.id}`,
    expected: "the source and id of a record, as entities.csv has them",
  });
}

/** The left record of a pair is the one whose source was named first; of one source, the earlier record. */
export function inSourceOrder(
  published: PublishedLinkage,
  a: PlainRecord,
  b: PlainRecord,
): readonly [PlainRecord, PlainRecord] {
  const order = published.state.sources.map((source) => source.source);
  const before = order.indexOf(a.source) - order.indexOf(b.source) || a.row - b.row;
  return before <= 0 ? [a, b] : [b, a];
}

/** The kept pairs of one entity type whose two records are both among the given ones. */
export async function linksAmong(
  published: PublishedLinkage,
  entityType: string,
  records: readonly RecordName[],
): Promise<LinkedPair[]> {
  const wanted = new Set(records.map((record) => JSON.stringify([record.source, record.id])));
  const isWanted = (source: string, id: string): boolean => wanted.has(JSON.stringify([source, id]));
  const links = await linksOf(published, entityType);
  return links.filter((link) => isWanted(link.leftSource, link.leftId) && isWanted(link.rightSource, link.rightId));
}

/** All kept pairs of one entity type, with what became of each. */
export async function linksOf(published: PublishedLinkage, entityType: string): Promise<LinkedPair[]> {
  const clustered = published.clustered.types.find((type) => type.entityType === entityType);
  if (!clustered) return [];
  const table = await getTable(published.blobs, clustered.links);
  return Array.from({ length: table.rowCount }, (_, row) => row).map(pairReader(table));
}

function isPair(link: LinkedPair, a: RecordName, b: RecordName): boolean {
  const is = (source: string, id: string, name: RecordName): boolean => source === name.source && id === name.id;
  return (
    (is(link.leftSource, link.leftId, a) && is(link.rightSource, link.rightId, b)) ||
    (is(link.leftSource, link.leftId, b) && is(link.rightSource, link.rightId, a))
  );
}
