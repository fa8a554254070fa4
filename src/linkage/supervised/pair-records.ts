import { type Table, TableBuilder, valueAt } from "../../columns/index.ts";
import { columnKindOf, planRows, recordsOfRows, type RowsOfSource, type SourcePlan } from "../../records/index.ts";
import type { ComparedField, PairedRecords } from "./features/paired-records.ts";
import { type PairColumns, type PairRows, pairColumns, type SideColumns } from "./pair-columns.ts";

/** How the records of both sides are read: plain data, which a model keeps. */
export type PairPlan = readonly [left: SourcePlan, right: SourcePlan];

/** Distinct records of one side, and which of them each pair has. */
interface SideRecords {
  readonly source: RowsOfSource;
  /** By pair, the place among the rows. */
  readonly places: Int32Array;
}

/**
 * Plans how records are read from the pairs of some files, as `planSources` does for catalogues: kinds of columns, lists,
 * placeholders. Columns of ids, of either side, are left out.
 */
export function planPairs(files: readonly PairRows[], ignore: readonly string[]): PairPlan {
  const columns = columnsOf(files, ignore);
  const sides = [sideRecords(files, columns.left, "left"), sideRecords(files, columns.right, "right")];
  const [left, right] = planRows(sides.map(({ source }) => source));
  return [left as SourcePlan, right as SourcePlan];
}

/** The pairs of some files, one after another, with their records as planned; equal records are one. */
export function pairRecords(files: readonly PairRows[], ignore: readonly string[], plan: PairPlan): PairedRecords {
  const columns = columnsOf(files, ignore);
  const left = sideRecords(files, columns.left, "left");
  const right = sideRecords(files, columns.right, "right");
  const fields = unionFields(plan);
  const builder = new TableBuilder(fields.map(({ field }) => ({ name: field.name, kind: columnKindOf(field) })));
  appendRecords(builder, fields, recordsOfRows(plan[0], left.source));
  appendRecords(builder, fields, recordsOfRows(plan[1], right.source));
  const leftCount = left.source.rows.length;
  return { records: builder.build(), fields, left: left.places, right: right.places.map((place) => place + leftCount) };
}

/** What tells records and pairs apart: equal texts are equal records. */
export function pairIdentities(
  files: readonly PairRows[],
  ignore: readonly string[],
): { readonly left: string; readonly pair: string }[] {
  const columns = columnsOf(files, ignore);
  return files.flatMap((file) => {
    const keyOf = (side: SideColumns) => rowKey(side.columns.map((column) => file.columns.indexOf(column)));
    const [left, right] = [keyOf(columns.left), keyOf(columns.right)];
    return file.rows.map((row) => ({ left: left(row), pair: `${left(row)}${right(row)}` }));
  });
}

type Row = PairRows["rows"][number];

function rowKey(places: readonly number[]): (row: Row) => string {
  return (row) => JSON.stringify(places.map((place) => row[place] ?? null));
}

/** The columns of the first file; every other must have them all, and may have them in another order. */
function columnsOf(files: readonly PairRows[], ignore: readonly string[]): PairColumns {
  return pairColumns(files[0] as PairRows, ignore);
}

function sideRecords(files: readonly PairRows[], side: SideColumns, name: string): SideRecords {
  const rows: Row[] = [];
  const placeByKey = new Map<string, number>();
  const places: number[] = [];
  for (const file of files) {
    const at = side.columns.map((column) => file.columns.indexOf(column));
    const keyOf = rowKey(at);
    for (const row of file.rows) {
      const key = keyOf(row);
      const known = placeByKey.get(key);
      if (known === undefined) {
        placeByKey.set(key, rows.length);
        rows.push(at.map((place) => row[place] ?? null));
      }
      places.push(known ?? rows.length - 1);
    }
  }
  return { source: { name, columns: side.names, rows }, places: Int32Array.from(places) };
}

/** The fields of both sides, those that both have first. */
function unionFields([left, right]: PairPlan): ComparedField[] {
  const rightNames = new Set(right.fields.map(({ field }) => field.name));
  const fields = left.fields.map(({ field, aligned }) => ({ field, shared: aligned && rightNames.has(field.name) }));
  const known = new Set(fields.map(({ field }) => field.name));
  const own = right.fields.filter(({ field }) => !known.has(field.name));
  return [...fields, ...own.map(({ field }) => ({ field, shared: false }))];
}

function appendRecords(builder: TableBuilder, fields: readonly ComparedField[], table: Table): void {
  const columns = fields.map(({ field }) => table.columns.find((column) => column.name === field.name));
  for (let row = 0; row < table.rowCount; row++)
    builder.append(columns.map((column) => (column === undefined ? null : valueAt(column, row))));
}
