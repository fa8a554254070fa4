import { KindredError } from "../../base/index.ts";
import type { Draft } from "./draft.ts";
import { entityIds } from "./entity-ids.ts";
import type { Labels } from "./label-votes.ts";
import { mergeClaims } from "./merge-claims.ts";
import type { MergedClaims } from "./merged-claims.ts";
import { rankNames } from "./rank-claims.ts";
import type { SettledRecords } from "./record-list.ts";
import { compareTexts, ranksOf } from "./sort-rows.ts";

/** A draft with everything decided: types, ids, order, labels, merged claims, years. */
export interface Settled {
  /** Type codes, by entity as it arrived. */
  readonly types: Int32Array;
  readonly ids: readonly string[];
  /** Entities as they arrived, in the order of their ids. */
  readonly order: Int32Array;
  /** Every entity's place in that order. */
  readonly places: Int32Array;
  readonly labels: Labels;
  readonly records: SettledRecords;
  readonly claims: MergedClaims;
  /** Year of release or birth, by place; NaN for none. */
  readonly years: Float64Array;
}

/** Decides everything about a draft. It may be extended and settled again. */
export function settle(draft: Draft): Settled {
  const types = draft.entities.types();
  const records = draft.records.settle();
  const ids = entityIds(draft, types, records);
  const order = Int32Array.from(ids.keys()).sort((a, b) => compareTexts(ids[a] as string, ids[b] as string));
  assertDistinct(ids, order);
  const places = ranksOf(order);
  const claims = mergeClaims(draft, types, places, records);
  const labels = draft.labels.choose(draft.entities.length);
  return { types, ids, order, places, labels, records, claims, years: yearsOf(draft, claims) };
}

/** The label of an entity as it arrived: the chosen one, else its key, so nothing is nameless. */
export function labelOf(draft: Draft, settled: Settled, entity: number): string {
  const spelling = settled.labels.labels[entity] as number;
  return spelling === -1 ? (settled.ids[entity] as string) : (draft.labels.spellings[spelling] as string);
}

/** The other labels of an entity as it arrived, the most common first. */
export function alternativesOf(draft: Draft, settled: Settled, entity: number): string[] {
  const { offsets, alternatives } = settled.labels;
  const found = alternatives.subarray(offsets[entity], offsets[entity + 1]);
  return Array.from(found, (spelling) => draft.labels.spellings[spelling] as string);
}

function yearsOf(draft: Draft, claims: MergedClaims): Float64Array {
  const years = new Float64Array(draft.entities.length).fill(Number.NaN);
  const isYear = draft.codes.ontology.relationTypes.map((type) => type.range === "year" && type.cardinality === "one");
  const bestRank = new Uint8Array(years.length).fill(rankNames.length);
  for (let claim = 0; claim < claims.count; claim++) {
    const subject = claims.subjects[claim] as number;
    const rank = claims.ranks[claim] as number;
    if (!isYear[claims.relations[claim] as number] || rank >= (bestRank[subject] as number)) continue;
    if (rankNames[rank] === "deprecated") continue;
    bestRank[subject] = rank;
    years[subject] = draft.numbers.values[claims.objects[claim] as number] as number;
  }
  return years;
}

function assertDistinct(ids: readonly string[], order: Int32Array): void {
  for (let place = 1; place < order.length; place++) {
    const id = ids[order[place] as number];
    if (id === ids[order[place - 1] as number]) {
      throw new KindredError("internal", {
        seen: `two entities with the id ${id}`,
        expected: "an id of its own for every entity",
      });
    }
  }
}
