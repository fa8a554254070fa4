import { KindredError } from "../../base/index.ts";
import { keyOfColumn } from "./column-name.ts";
import type { LeftOut } from "./field-draft.ts";
import { columnMissing } from "./nearest-name.ts";
import type { SourceProfile } from "./source-profile.ts";

/** What a column of record ids is called where it is not `id`, as `keyOfColumn` writes it; the usual names first. */
const idColumnKeys = ["id", "recid", "recordid"];

/**
 * The id column of a source: as `--id SOURCE:COL`, `--id COL` or its configuration says, else a column named `id`, else one
 * that is called the record's id in other words and is another in each sampled record; null when there is none.
 * @throws column-missing when the one named is not there
 */
export function chooseIdColumn(
  profile: SourceProfile,
  profiles: readonly SourceProfile[],
  ids: readonly string[],
): string | null {
  const { columns } = profile.layout;
  const named = idArgument(profile.spec.name, profiles, ids) ?? profile.spec.id;
  if (named === undefined) return columns.includes("id") ? "id" : (calledRecordId(profile) ?? null);
  if (columns.includes(named)) return named;
  throw columnMissing(named, columns, { file: profile.spec.path }, `the id of source "${profile.spec.name}"`);
}

function calledRecordId({ columns }: SourceProfile): string | undefined {
  const own = columns.filter(({ filled, distinct }) => filled === 1 && distinct === 1);
  return idColumnKeys.flatMap((key) => own.filter(({ name }) => keyOfColumn(name) === key))[0]?.name;
}

function idArgument(source: string, profiles: readonly SourceProfile[], ids: readonly string[]): string | undefined {
  const names = new Set(profiles.map((profile) => profile.spec.name));
  let forAll: string | undefined;
  for (const id of ids) {
    const colon = id.indexOf(":");
    const prefix = id.slice(0, Math.max(0, colon));
    if (prefix === source && colon > 0) return id.slice(colon + 1);
    if (!names.has(prefix)) forAll = id;
  }
  return forAll;
}

/**
 * The columns of a source that are not read into fields, with the reason. A name stands for its nested columns too.
 * @throws column-missing when a source's configuration ignores a column that it has not
 */
export function unusedColumns(profile: SourceProfile, idColumn: string | null, ignore: readonly string[]): LeftOut[] {
  const { columns } = profile.layout;
  for (const column of profile.spec.ignore ?? []) {
    if (!columns.some((other) => isOrHolds(column, other))) {
      throw columnMissing(column, columns, { file: profile.spec.path }, `"ignore" of source "${profile.spec.name}"`);
    }
  }
  const ignored = [...ignore, ...(profile.spec.ignore ?? [])];
  return columns.flatMap((column) => {
    if (column === idColumn) return [{ column, why: "the record's id" }];
    return ignored.some((name) => isOrHolds(name, column)) ? [{ column, why: "ignored, as asked" }] : [];
  });
}

/** @throws column-missing when an ignored column is in no source, so that a slip of the pen never lets a column through */
export function checkIgnored(profiles: readonly SourceProfile[], ignore: readonly string[]): void {
  const columns = [...new Set(profiles.flatMap((profile) => profile.layout.columns))];
  for (const name of ignore) {
    if (!columns.some((column) => isOrHolds(name, column))) throw columnMissing(name, columns, {}, "--ignore");
  }
}

function isOrHolds(name: string, column: string): boolean {
  return column === name || column.startsWith(`${name}.`);
}

/**
 * The person-list fields whose names become person records.
 * @throws config-invalid when one is not such a field
 */
export function choosePeople(profile: SourceProfile, personLists: readonly string[]): string[] {
  const wanted = profile.spec.people;
  if (wanted === undefined) return [...personLists];
  for (const name of wanted) {
    if (personLists.includes(name)) continue;
    throw new KindredError("config-invalid", {
      seen: `"people" of source "${profile.spec.name}" names "${name}"`,
      expected: `fields that list persons: ${personLists.join(", ") || "it has none"}`,
      where: { file: profile.spec.path },
    });
  }
  return [...wanted];
}
