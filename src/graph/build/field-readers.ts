import { type Column, findColumn, numberAt, type TextColumn, type TextListColumn } from "../../columns/index.ts";
import { foldLabel } from "../fold-label.ts";
import type { Draft } from "./draft.ts";
import { type FieldRelation, fieldRelationOf, filmFieldRelations } from "./field-relations.ts";
import type { GraphField, GraphInput, GraphRecordBatch, NameResolver } from "./graph-input.ts";
import { literalObject } from "./literals.ts";
import { objectKinds } from "./statement-log.ts";
import { type VocabularyEntry, vocabularyEntry } from "./vocabulary.ts";

/** Reads one field of one record into the draft. */
export type FieldReader = (row: number, entity: number, record: number, recordId: string) => void;

/** A field that gives a relation, with everything in codes. */
interface RelationField {
  readonly draft: Draft;
  readonly column: Column;
  readonly source: number;
  readonly relation: number;
  readonly inverse: boolean;
  readonly field: number;
}

/** The readers of a batch: its labels, then its relations. Fields that mean nothing to the graph have none. */
export function fieldReaders(draft: Draft, batch: GraphRecordBatch, source: number, input: GraphInput): FieldReader[] {
  const kinds = draft.codes.kindsOf(batch.entityType);
  const relations = input.fieldRelations ?? filmFieldRelations;
  const readers: FieldReader[] = [];
  const unmapped: GraphField[] = [];
  for (const field of batch.fields) {
    const mapping = fieldRelationOf(relations, kinds, field.name);
    if (!mapping) unmapped.push(field);
    else readers.push(...relationReaders(draft, batch, field, mapping, source, input.resolveName));
  }
  return [...labelReaders(draft, batch, unmapped, source), ...readers];
}

/** Titles name works, names name people; the first single one is the label, others are alternatives. */
function labelReaders(
  draft: Draft,
  batch: GraphRecordBatch,
  fields: readonly GraphField[],
  source: number,
): FieldReader[] {
  const titles = fields.filter((field) => field.kind === "title");
  const named = titles.length > 0 ? titles : fields.filter((field) => field.kind === "name");
  const main = named.find((field) => !field.list) ?? named[0];
  return named.flatMap((field) => {
    const column = textColumn(batch, field);
    if (!column) return [];
    const spellings = memo(column, (text) => draft.labels.spelling(text));
    return [
      (row: number, entity: number) => {
        eachText(column, row, (id) => draft.labels.add(entity, spellings(id), source, field !== main));
      },
    ];
  });
}

function relationReaders(
  draft: Draft,
  batch: GraphRecordBatch,
  field: GraphField,
  mapping: FieldRelation,
  source: number,
  resolveName: NameResolver | undefined,
): FieldReader[] {
  const relation = draft.codes.relationCode(mapping.relation);
  const column = findColumn(batch.table, field.name);
  if (relation === undefined || !column) return [];
  const inverse = mapping.direction === "inverse";
  const shape: RelationField = { draft, column, source, relation, inverse, field: draft.fieldNames.codeOf(field.name) };
  if (mapping.valueType === undefined) return [literalReader(shape, field)];
  const type = draft.codes.typeCode(mapping.valueType);
  if (type === undefined || column.kind === "number") return [];
  if (mapping.valueType !== "person") return [vocabularyReader({ ...shape, column }, type)];
  return [nameReader({ ...shape, column }, type, batch.source, field.name, resolveName)];
}

function literalReader(shape: RelationField, field: GraphField): FieldReader {
  const { draft, column, relation } = shape;
  const range = draft.codes.relation(relation).range;
  if (typeof range !== "string") return () => undefined;
  const put = (entity: number, record: number, value: string | number): void => {
    const object = literalObject(draft, range, value, field.kind);
    if (!object) return;
    draft.statements.add({ subject: entity, relation, ...object, origin: record, field: shape.field }, 1, false);
  };
  if (column.kind !== "number") {
    return (row, entity, record) => eachText(column, row, (id) => put(entity, record, column.dictionary.get(id)));
  }
  return (row, entity, record) => {
    const value = numberAt(column, row);
    if (value !== null) put(entity, record, value);
  };
}

type TextField = RelationField & { readonly column: TextColumn | TextListColumn };

function vocabularyReader(shape: TextField, type: number): FieldReader {
  const { draft, column, source } = shape;
  const entryOf = memo<VocabularyEntry | undefined>(column, (name) => vocabularyEntry(draft, type, name));
  return (row, entity, record) => {
    eachText(column, row, (id) => {
      const entry = entryOf(id);
      if (!entry) return;
      draft.labels.add(entry.entity, entry.spelling, source, false);
      if (entry.alternative !== undefined) draft.labels.add(entry.entity, entry.alternative, source, true);
      addRelation(shape, entity, entry.entity, record);
    });
  };
}

function nameReader(
  shape: TextField,
  type: number,
  source: string,
  field: string,
  resolveName: NameResolver | undefined,
): FieldReader {
  const { draft, column } = shape;
  const folds = memo(column, foldLabel);
  const spellings = memo(column, (name) => draft.labels.spelling(name));
  return (row, entity, record, recordId) => {
    eachText(column, row, (id) => {
      const name = column.dictionary.get(id);
      const key = resolveName?.(source, recordId, field, name);
      if (folds(id) === "") return;
      if (key === null) return unresolvedName(shape, name, `${source}/${recordId}`);
      const person =
        key === undefined ? draft.entities.indexOf("name", folds(id)) : draft.entities.indexOf("cluster", key);
      draft.entities.noteType(person, type, `${name} in ${source}/${recordId}`);
      draft.labels.add(person, spellings(id), shape.source, false);
      addRelation(shape, entity, person, record);
    });
  };
}

function unresolvedName({ draft, relation }: TextField, name: string, from: string): void {
  const relationName = draft.codes.relation(relation).name;
  draft.unresolved.push({
    reason: "ambiguous",
    message: `the name "${name}" fits several people and nothing says which`,
    relation: relationName,
    name,
    candidates: [],
    from,
  });
}

function addRelation(shape: RelationField, entity: number, value: number, record: number): void {
  const [subject, object] = shape.inverse ? [value, entity] : [entity, value];
  const { relation, field } = shape;
  shape.draft.statements.add(
    { subject, relation, objectKind: objectKinds.entity, object, origin: record, field },
    1,
    false,
  );
}

function textColumn(batch: GraphRecordBatch, field: GraphField): TextColumn | TextListColumn | undefined {
  const column = findColumn(batch.table, field.name);
  return column && column.kind !== "number" ? column : undefined;
}

function eachText(column: TextColumn | TextListColumn, row: number, visit: (id: number) => void): void {
  if (column.kind === "text") {
    const id = column.ids[row] as number;
    if (id >= 0) visit(id);
    return;
  }
  const end = column.offsets[row + 1] as number;
  for (let at = column.offsets[row] as number; at < end; at++) visit(column.values[at] as number);
}

/** What a text of the column's dictionary leads to, worked out once a batch however often it stands there. */
function memo<T>(column: TextColumn | TextListColumn, make: (text: string) => T): (id: number) => T {
  const made = new Map<number, T>();
  return (id) => {
    if (made.has(id)) return made.get(id) as T;
    const value = make(column.dictionary.get(id));
    made.set(id, value);
    return value;
  };
}
