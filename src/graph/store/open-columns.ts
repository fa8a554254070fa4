import { columnOf, type Dictionary, rowAt, type Table, textAt, type Value } from "../../columns/index.ts";
import { compareTexts } from "../build/sort-rows.ts";
import type { ClaimColumns, EntityColumns, MemberColumns } from "../graph.ts";
import type { OntologyCodes } from "../ontology-codes.ts";
import { type Adjacency, adjacency } from "./adjacency.ts";
import type { TextFile } from "./text-file.ts";

/** Reads the table of entities. */
export function entityColumns(table: Table, codes: OntologyCodes): EntityColumns {
  const ids = columnOf(table, "id", "text").dictionary;
  const labels = columnOf(table, "label", "text");
  const types = columnOf(table, "type", "text");
  const typeCodes = Array.from(
    { length: types.dictionary.size },
    (_, id) => codes.typeCode(types.dictionary.get(id)) ?? 0,
  );
  return {
    count: table.rowCount,
    types: types.ids.map((id) => typeCodes[id] as number),
    years: columnOf(table, "year", "number").values,
    sourceCounts: columnOf(table, "source_count", "number").values,
    alternatives: columnOf(table, "alternative_labels", "textList"),
    idOf: (place) => ids.get(place),
    labelOf: (place) => textAt(labels, place) ?? "",
    find: (id) => findSorted(table.rowCount, (place) => compareTexts(ids.get(place), id)),
  };
}

/** Reads the table of members. */
export function memberColumns(table: Table, entityCount: number): MemberColumns {
  const sources = columnOf(table, "source", "text");
  const ids = columnOf(table, "id", "text");
  const entities = columnOf(table, "entity", "text").ids;
  const rangeBySource = sourceRanges(sources.ids, sources.dictionary);
  const idAt = (row: number): string => textAt(ids, row) ?? "";
  return {
    ofEntity: adjacency(
      entityCount,
      entities,
      Int32Array.from({ length: table.rowCount }, (_, row) => row),
    ),
    memberAt: (row) => ({ source: textAt(sources, row) ?? "", id: idAt(row) }),
    find(source, id) {
      const range = rangeBySource.get(source);
      if (!range) return undefined;
      const row = findSorted(range.end - range.start, (at) => compareTexts(idAt(range.start + at), id));
      return row === undefined ? undefined : entities[range.start + row];
    },
  };
}

/** Reads the claims and where they come from. */
export function claimColumns(
  tables: { readonly claims: Table; readonly provenance: Table; readonly passages: Table },
  codes: OntologyCodes,
  entityCount: number,
  texts: TextFile,
): ClaimColumns {
  const { claims, provenance, passages } = tables;
  const subjects = columnOf(claims, "subject", "text").ids;
  const relations = columnOf(claims, "relation", "text");
  const objects = columnOf(claims, "object", "text").ids;
  const ranks = columnOf(claims, "rank", "text");
  const rankTexts = Array.from({ length: ranks.dictionary.size }, (_, id) => ranks.dictionary.get(id));
  const relationCodes = Array.from(
    { length: relations.dictionary.size },
    (_, id) => codes.relationCode(relations.dictionary.get(id)) ?? 0,
  );
  const values = columnOf(claims, "value", "number").values;
  const textStarts = columnOf(claims, "text_start", "number").values;
  return {
    count: claims.rowCount,
    subjects,
    relations: relations.ids.map((id) => relationCodes[id] as number),
    objects,
    confidences: columnOf(claims, "confidence", "number").values,
    ofSubject: startsOf(subjects, entityCount),
    ofObject: claimsByObject(objects, entityCount),
    rankAt: (claim) => rankTexts[ranks.ids[claim] as number] as string,
    literalAt: (claim) => {
      const start = textStarts[claim] as number;
      return Number.isNaN(start) ? (values[claim] as number) : texts.read(start);
    },
    recordOrigins: originReader(provenance, claims.rowCount),
    passageOrigins: originReader(passages, claims.rowCount),
  };
}

function originReader(table: Table, claimCount: number): (claim: number, limit: number) => Record<string, Value>[] {
  const starts = startsOf(Int32Array.from(columnOf(table, "claim", "number").values), claimCount);
  return (claim, limit) => {
    const start = starts[claim] as number;
    const end = Math.min(starts[claim + 1] as number, start + limit);
    return Array.from({ length: end - start }, (_, i) => rowAt(table, start + i));
  };
}

function claimsByObject(objects: Int32Array, entityCount: number): Adjacency {
  const bound = objects.reduce((sum, object) => sum + (object >= 0 ? 1 : 0), 0);
  const [from, claims] = [new Int32Array(bound), new Int32Array(bound)];
  let at = 0;
  objects.forEach((object, claim) => {
    if (object < 0) return;
    from[at] = object;
    claims[at++] = claim;
  });
  return adjacency(entityCount, from, claims);
}

/** Where the rows of each key start, in a column sorted by key; one entry more than keys. */
function startsOf(sorted: Int32Array, keyCount: number): Int32Array {
  return adjacency(keyCount, sorted, sorted).offsets;
}

function sourceRanges(ids: Int32Array, names: Dictionary): Map<string, { start: number; end: number }> {
  const ranges = new Map<string, { start: number; end: number }>();
  for (let start = 0; start < ids.length; ) {
    let end = start + 1;
    while (end < ids.length && ids[end] === ids[start]) end++;
    ranges.set(names.get(ids[start] as number), { start, end });
    start = end;
  }
  return ranges;
}

/** Binary search: `compare(place)` is negative before the place that is looked for. */
function findSorted(count: number, compare: (place: number) => number): number | undefined {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(middle) < 0) low = middle + 1;
    else high = middle;
  }
  return low < count && compare(low) === 0 ? low : undefined;
}
