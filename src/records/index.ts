export { columnKindOf, type Field, type FieldKind } from "./field.ts";
export { idColumn, type RecordBatch } from "./record-batch.ts";
