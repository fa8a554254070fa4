import { columnOf, concatTables, dictionaryOf, type Table, type TextIds } from "../../columns/index.ts";
import { idColumn } from "../../records/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { singleFields, type Trait, traitsOf } from "./record-traits.ts";
import { type TrustedIdentifiers, trustedIdentifiers } from "./trusted-identifiers.ts";

/** The records of one source, one row each in the order of the source: the fields of {@link identityFields}. */
export interface SourceRecords {
  readonly source: string;
  readonly table: Table;
}

/** All records under whole numbers: by source in the order of the settings, then by row. */
export interface NumberedRecords {
  /** Index of each record's source. */
  readonly source: Uint8Array;
  /** What no two records of an entity may differ in. */
  readonly traits: readonly Trait[];
  readonly trusted: TrustedIdentifiers;
  /** Number of the first record of each source. */
  readonly firstOfSource: readonly number[];
  /** The id of each record, equal ids under one number. */
  readonly ids: TextIds;
  readonly recordOf: (source: string, id: string) => number | undefined;
}

/** The columns that clustering reads of records; the others need not be there. */
export function identityFields(settings: LinkageSettings): string[] {
  const fields = [...singleFields(settings).map(({ name }) => name), ...settings.trusted.map(({ field }) => field)];
  return [...new Set([idColumn, ...fields])];
}

/** Numbers the records of all sources; tables of one source come in its order, those of several in any. */
export function numberRecords(tables: readonly SourceRecords[], settings: LinkageSettings): NumberedRecords {
  const ordered = settings.sources.map((source) =>
    tables.filter((one) => one.source === source).map((one) => one.table),
  );
  const counts = ordered.map((ofSource) => ofSource.reduce((sum, table) => sum + table.rowCount, 0));
  const firstOfSource = counts.map((_, i) => counts.slice(0, i).reduce((sum, count) => sum + count, 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const source = new Uint8Array(total);
  ordered.forEach((ofSource, s) => {
    const first = firstOfSource[s] as number;
    source.fill(s, first, first + ofSource.reduce((sum, table) => sum + table.rowCount, 0));
  });
  const ids = joinedIds(ordered.flat());
  return {
    source,
    traits: traitsOf(ordered.flat(), settings),
    trusted: trustedIdentifiers(ordered.flat(), source, settings),
    firstOfSource,
    ids,
    recordOf: recordFinder(ids, source, settings),
  };
}

function joinedIds(tables: readonly Table[]): TextIds {
  if (tables.length === 0) return { dictionary: dictionaryOf([]), ids: new Int32Array(0) };
  const columns = tables.map((table) => ({ ...table, columns: [columnOf(table, idColumn, "text")] }));
  return columnOf(concatTables(columns), idColumn, "text");
}

function recordFinder(
  { dictionary, ids }: TextIds,
  source: Uint8Array,
  settings: LinkageSettings,
): NumberedRecords["recordOf"] {
  let recordById: Map<string, number> | undefined;
  return (name, id) => {
    recordById ??= new Map(
      Array.from(ids, (one, record) => [
        `${settings.sources[source[record] as number]}\u0000${dictionary.get(one)}`,
        record,
      ]),
    );
    return recordById.get(`${name}\u0000${id}`);
  };
}
