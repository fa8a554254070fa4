import { dictionaryOf, nullId, type Table } from "../../columns/index.ts";
import type { TaskBlobs } from "../../flow/index.ts";
import type { GraphRecordBatch } from "../../graph/index.ts";
import type { Ontology } from "../../ontology/index.ts";
import type { StoredBatch, StoredSource } from "./partition-records.ts";
import { worksField } from "./people-fields.ts";
import { getTable } from "./stored-table.ts";

/** The cleaned records of all sources, batch by batch, as the graph reads them. */
export async function* graphBatches(
  blobs: TaskBlobs,
  sources: readonly StoredSource[],
): AsyncGenerator<GraphRecordBatch> {
  const levelled = new Set(
    sources.filter((source) => source.batches.some(hasLevel)).map((source) => source.entityType),
  );
  for (const source of sources) {
    for (const batch of source.batches) {
      const table = await getTable(blobs, batch.table);
      const fields = batch.fields.filter((field) => field.name !== worksField);
      yield levelled.has(batch.entityType) && !hasLevel(batch)
        ? withUnknownLevel({ ...batch, fields, table })
        : { ...batch, fields, table };
    }
  }
}

function hasLevel(batch: Pick<StoredBatch, "fields">): boolean {
  return batch.fields.some((field) => field.kind === "level");
}

/** Where other sources tell films from series, a source that does not cannot be taken to hold films only. */
function withUnknownLevel(batch: GraphRecordBatch): GraphRecordBatch {
  const unknown = {
    kind: "text",
    name: "level",
    dictionary: dictionaryOf([]),
    ids: new Int32Array(batch.table.rowCount).fill(nullId),
  } as const;
  const table: Table = { ...batch.table, columns: [...batch.table.columns, unknown] };
  return { ...batch, fields: [...batch.fields, { name: "level", kind: "level", list: false }], table };
}

/** The ontology with the entity types that the sources bring and it does not know, such as `restaurant`. */
export function withEntityTypes(ontology: Ontology, names: readonly string[]): Ontology {
  const known = new Set(ontology.entityTypes.map((type) => type.name));
  const added = [...new Set(names)].filter((name) => !known.has(name));
  const entityTypes = added.map((name) => ({ name, label: name, doc: "Named by a source's declaration." }));
  return { ...ontology, entityTypes: [...ontology.entityTypes, ...entityTypes] };
}
