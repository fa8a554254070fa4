import type { Draft } from "./draft.ts";
import type { SettledRecords } from "./record-list.ts";
import { compareTexts, ranksOf, sortRows, textRanks } from "./sort-rows.ts";
import { objectKinds } from "./statement-log.ts";

/** The statements of a draft, every code replaced by its place in an order that does not depend on arrival. */
export interface StatementColumns {
  readonly subjects: Int32Array;
  readonly relations: Int32Array;
  readonly objectKinds: Int32Array;
  readonly objects: Int32Array;
  readonly origins: Int32Array;
  readonly fields: Int32Array;
}

/** Replaces codes by places; `places` are those of entities among the sorted ids. */
export function statementColumns(draft: Draft, places: Int32Array, records: SettledRecords): StatementColumns {
  const { statements, numbers } = draft;
  const kinds = statements.objectKinds.toArray();
  const numberOrder = Int32Array.from(numbers.values.keys()).sort(
    (a, b) => (numbers.values[a] as number) - (numbers.values[b] as number),
  );
  const rankTables: Int32Array[] = [];
  rankTables[objectKinds.entity] = places;
  rankTables[objectKinds.number] = ranksOf(numberOrder);
  rankTables[objectKinds.text] = textRanks(draft.texts.hashes);
  const passages = passageRanks(draft);
  const fieldRanks = textRanks(draft.fieldNames.texts);
  const originRank = (origin: number): number =>
    origin >= 0 ? (records.ranks[origin] as number) : records.ids.length + (passages[-1 - origin] as number);
  return {
    subjects: statements.subjects.toArray().map((entity) => places[entity] as number),
    relations: statements.relations.toArray(),
    objectKinds: kinds,
    objects: statements.objects
      .toArray()
      .map((object, i) => (rankTables[kinds[i] as number] as Int32Array)[object] as number),
    origins: statements.origins.toArray().map(originRank),
    fields: statements.fields.toArray().map((field) => fieldRanks[field] ?? 0),
  };
}

/** The statements in the order of claims, and within a claim of where they come from. */
export function statementOrder(columns: StatementColumns): Int32Array {
  return sortRows(columns.subjects.length, [
    columns.subjects,
    columns.relations,
    columns.objectKinds,
    columns.objects,
    columns.origins,
    columns.fields,
  ]);
}

/** True when two statements say the same. */
export function sameClaim(columns: StatementColumns, a: number, b: number): boolean {
  return (
    columns.subjects[a] === columns.subjects[b] &&
    columns.relations[a] === columns.relations[b] &&
    columns.objectKinds[a] === columns.objectKinds[b] &&
    columns.objects[a] === columns.objects[b]
  );
}

/** True when two statements come from one field of one record, or from one passage. */
export function sameOrigin(columns: StatementColumns, a: number, b: number): boolean {
  return columns.origins[a] === columns.origins[b] && columns.fields[a] === columns.fields[b];
}

/** Equal passages have equal ranks, so one that came twice counts once. */
function passageRanks(draft: Draft): Int32Array {
  const keys = draft.passages.map((passage) => {
    const bytes = [passage.startByte, passage.endByte].map((at) => String(at).padStart(12, "0"));
    return [passage.document, ...bytes, passage.extractor, passage.model ?? "", passage.quote].join("\u0000");
  });
  const distinct = [...new Set(keys)].sort(compareTexts);
  const rankByKey = new Map(distinct.map((key, rank) => [key, rank]));
  return Int32Array.from(keys, (key) => rankByKey.get(key) as number);
}
