import { type Table, TableBuilder } from "../../columns/index.ts";
import { newCleanCounts } from "../clean/field-cleaner.ts";
import { columnKindOf } from "../field.ts";
import { type PlanOptions, planSources } from "../plan/plan-sources.ts";
import { placeholdersOf, profileColumn, sampleValueOf } from "../plan/profile-column.ts";
import type { SourcePlan } from "../plan/source-plan.ts";
import type { SourceProfile } from "../plan/source-profile.ts";
import type { RawValue } from "../read/raw-batch.ts";
import { RecordMaking } from "./record-maker.ts";

/** Rows that are in memory, taken as a source. */
export interface RowsOfSource {
  readonly name: string;
  readonly columns: readonly string[];
  /** One value a column. */
  readonly rows: readonly (readonly RawValue[])[];
}

const sampleRows = 4000;

/** Plans sources of which the rows are in memory, as `planSources` does those in files. */
export function planRows(sources: readonly RowsOfSource[], options: PlanOptions = {}): SourcePlan[] {
  return planSources(sources.map(profileRows), options);
}

function profileRows({ name, columns, rows }: RowsOfSource): SourceProfile {
  const spec = { name, path: name };
  const step = Math.max(1, rows.length / sampleRows);
  const sampled = Array.from({ length: Math.min(rows.length, sampleRows) }, (_, i) => rows[Math.floor(i * step)] ?? []);
  const sample = columns.map((_, place) => sampled.map((row) => sampleValueOf(row[place])));
  const placeholders = placeholdersOf(undefined);
  return {
    spec,
    layout: { files: [], format: "csv", encoding: null, delimiter: null, quoted: true, columns },
    rowCount: rows.length,
    sampleCount: sampled.length,
    columns: columns.map((column, place) => profileColumn(column, sample[place] ?? [], placeholders)),
    notes: [],
    sample,
  };
}

/** The cleaned records of rows, one column a field of the plan. */
export function recordsOfRows(plan: SourcePlan, { columns, rows }: RowsOfSource): Table {
  const builder = new TableBuilder(plan.fields.map(({ field }) => ({ name: field.name, kind: columnKindOf(field) })));
  const making = new RecordMaking(plan, newCleanCounts());
  const make = making.makerFor({ file: plan.source, fileStart: 0, columns, rows, places: [] });
  for (const row of rows) builder.append(make(row));
  return builder.build();
}
