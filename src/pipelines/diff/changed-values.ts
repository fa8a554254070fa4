import { hash53 } from "../../base/index.ts";
import { columnOf, findColumn, type Table, textAt, valueAt } from "../../columns/index.ts";
import { idColumn } from "../../records/index.ts";
import type { PublishedLinkage } from "../linkage/published-linkage.ts";
import { readRecords } from "../linkage/read-records.ts";
import type { JointRecords } from "./joint-records.ts";

/**
 * Which fields of wanted records hold another value after than before; gives them by record. Reads both linkages once, batch by
 * batch, and holds one number a value.
 * @param wanted 1 for each record that is looked at
 */
export async function changedValues(
  before: PublishedLinkage,
  after: PublishedLinkage,
  joint: JointRecords,
  wanted: Uint8Array,
): Promise<(record: number) => readonly string[]> {
  const fields = fieldNames(before, after);
  const slot = new Int32Array(wanted.length).fill(-1);
  let slots = 0;
  wanted.forEach((isWanted, record) => {
    if (isWanted === 1) slot[record] = slots++;
  });
  const width = fields.length;
  const [was, is] = [new Float64Array(slots * width), new Float64Array(slots * width)];
  for (const [published, hashes] of [
    [before, was],
    [after, is],
  ] as const) {
    for await (const { source, table } of readRecords(published.blobs, published.state))
      hashValues(table, fields, hashes, slotsOf(source, table));
  }
  return (record) => {
    const start = (slot[record] as number) * width;
    return fields.filter((_, f) => was[start + f] !== is[start + f]);
  };

  function slotsOf(source: string, table: Table): Int32Array {
    const id = columnOf(table, idColumn, "text");
    return Int32Array.from({ length: table.rowCount }, (_, row) => {
      const record = joint.numberOf(source, textAt(id, row) ?? "");
      return record === undefined ? -1 : (slot[record] as number);
    });
  }
}

function fieldNames(...linkages: readonly PublishedLinkage[]): string[] {
  const batches = linkages.flatMap(({ state }) => state.sources.flatMap((source) => source.batches));
  return [...new Set(batches.flatMap((batch) => batch.fields.map((field) => field.name)))].sort();
}

/** No value is 0: a field that a source no longer has is the same as an empty one. */
function hashValues(table: Table, fields: readonly string[], hashes: Float64Array, slots: Int32Array): void {
  fields.forEach((field, f) => {
    const column = findColumn(table, field);
    if (column === undefined) return;
    slots.forEach((slot, row) => {
      const value = slot < 0 ? null : valueAt(column, row);
      if (value !== null) hashes[slot * fields.length + f] = hash53(JSON.stringify(value)) + 1;
    });
  });
}
