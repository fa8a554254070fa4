import { columnOf, findColumn, numberAt, textAt } from "../../columns/index.ts";
import type { TrivialRecord } from "../../linkage/index.ts";
import { idColumn } from "../../records/index.ts";
import type { PublishedLinkage } from "../linkage/published-linkage.ts";
import { labelField, readRecords } from "../linkage/read-records.ts";

/** For people, who have no year of release, the trivial rule is that names are equal. */
const yearOfPeople = 0;

/** The records that the trivial rule looks at: those with a title and, if wanted, people by their names. */
export async function trivialRecords(published: PublishedLinkage, withPeople: boolean): Promise<TrivialRecord[]> {
  const records: TrivialRecord[] = [];
  for await (const batch of readRecords(published.blobs, published.state)) {
    const label = labelField(batch);
    const isPeople = batch.entityType === "person";
    if (label === undefined || (isPeople && !withPeople)) continue;
    const [ids, titles, years] = [
      columnOf(batch.table, idColumn, "text"),
      columnOf(batch.table, label, "text"),
      findColumn(batch.table, "year"),
    ];
    for (let row = 0; row < batch.table.rowCount; row++) {
      const year = isPeople ? yearOfPeople : years?.kind === "number" ? numberAt(years, row) : null;
      records.push({ source: batch.source, id: textAt(ids, row) as string, title: textAt(titles, row), year });
    }
  }
  return records;
}
