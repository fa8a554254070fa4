import { TableBuilder } from "../../columns/index.ts";
import type { TaskContext } from "../../flow/index.ts";
import { columnKindOf, idColumn, type RecordBatch } from "../../records/index.ts";
import { type IngestedSource, typePlanOf } from "./ingest.ts";
import { mentionPartitions, peopleOfMentions } from "./mentions.ts";
import type { LinkageParams } from "./params.ts";
import { partitionRecords, type StoredSource } from "./partition-records.ts";
import { personValues } from "./people-fields.ts";
import type { DerivedSource, LinkagePlan } from "./plan-sources.ts";
import { getTable } from "./stored-table.ts";

/** The step `people`: makes the people whom the works of one source name into records of a source of their own. */
export async function people(
  context: Pick<TaskContext<LinkageParams, unknown>, "params" | "blobs" | "progress">,
  plan: LinkagePlan,
  derived: DerivedSource,
  ingested: readonly IngestedSource[],
): Promise<StoredSource> {
  const { params, blobs, progress } = context;
  const mentions = ingested.find((source) => source.source === derived.from)?.mentions ?? [];
  const entityType = "person";
  const shape = [
    { name: idColumn, kind: "text" as const },
    ...derived.fields.map((field) => ({ name: field.name, kind: columnKindOf(field) })),
  ];

  async function* batches(): AsyncGenerator<RecordBatch> {
    let firstRow = 0;
    for (let partition = 0; partition < mentionPartitions; partition++) {
      const tables = [];
      for (const part of mentions) if (part.partition === partition) tables.push(await getTable(blobs, part.table));
      const builder = new TableBuilder(shape);
      for (const person of peopleOfMentions(tables)) {
        builder.append([person.slug, ...personValues(person, derived.fields, params.occupations)]);
      }
      if (builder.rowCount === 0) continue;
      yield { source: derived.source, entityType, firstRow, fields: derived.fields, table: builder.build() };
      firstRow += builder.rowCount;
      progress(partition + 1, mentionPartitions, "partitions");
    }
  }
  const { settings } = typePlanOf(plan, entityType);
  return partitionRecords(batches(), { source: derived.source, entityType }, settings, params.shards, blobs);
}
