import { columnOf, findColumn, type Table, type TextColumn, textAt } from "../../columns/index.ts";
import { requireType } from "../ontology-codes.ts";
import type { Draft } from "./draft.ts";
import { fieldReaders } from "./field-readers.ts";
import type { GraphInput, GraphRecordBatch } from "./graph-input.ts";
import { typeOfLevel } from "./levels.ts";

/** Takes a batch of records into the draft: members, types, labels, statements. */
export function readBatch(draft: Draft, batch: GraphRecordBatch, input: GraphInput): void {
  const source = draft.records.sourceCode(batch.source);
  const ids = columnOf(batch.table, "id", "text");
  const typeOf = typeNoter(draft, batch);
  const readers = fieldReaders(draft, batch, source, input);
  for (let row = 0; row < batch.table.rowCount; row++) {
    const id = textAt(ids, row) ?? "";
    const key = input.clusterOf(batch.source, id);
    const entity =
      key === undefined
        ? draft.entities.indexOf("record", `${batch.source}\u0000${id}`)
        : draft.entities.indexOf("cluster", key);
    typeOf(entity, row, id);
    const record = draft.records.add(source, id, entity);
    for (const reader of readers) reader(row, entity, record, id);
  }
}

/** A level says the type for certain, and so does a narrow entity type where the source has no levels. */
function typeNoter(draft: Draft, batch: GraphRecordBatch): (entity: number, row: number, id: string) => void {
  const declared = requireType(draft.codes, batch.entityType);
  const levels = levelColumn(batch);
  const declaredIsCertain = !levels && draft.codes.narrowest(declared) === declared;
  return (entity, row, id) => {
    const witness = `${batch.source}/${id}`;
    const type = levels ? typeOfLevel(draft.codes, textAt(levels, row)) : undefined;
    if (type !== undefined) draft.entities.noteType(entity, type, witness);
    else if (declaredIsCertain) draft.entities.noteType(entity, declared, witness);
    else draft.entities.noteFallbackType(entity, declared, witness);
  };
}

function levelColumn(batch: GraphRecordBatch): TextColumn | undefined {
  const field = batch.fields.find((item) => item.kind === "level" && !item.list);
  const column = field && findColumn(batch.table as Table, field.name);
  return column?.kind === "text" ? column : undefined;
}
