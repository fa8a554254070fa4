import { columnOf, findColumn, numberAt, textAt } from "../../columns/index.ts";
import type { GazetteerEntry } from "../../infer/index.ts";
import type { StoredSource } from "./partition-records.ts";
import { type BlobReader, labelField, readRecords } from "./read-records.ts";

/** Titles with their years and names of people, as the catalogues write them: what extraction may recognise. */
export async function knownNames(blobs: BlobReader, sources: readonly StoredSource[]): Promise<GazetteerEntry[]> {
  const entries: GazetteerEntry[] = [];
  for await (const batch of readRecords(blobs, { sources })) {
    const label = labelField(batch);
    if (label === undefined) continue;
    const names = columnOf(batch.table, label, "text");
    const years = findColumn(batch.table, "year");
    for (let row = 0; row < batch.table.rowCount; row++) {
      const name = textAt(names, row);
      const year = years?.kind === "number" ? numberAt(years, row) : null;
      if (name !== null) entries.push({ entityType: batch.entityType, name, ...(year === null ? {} : { year }) });
    }
  }
  return entries;
}
