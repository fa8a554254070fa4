import { splitTitleYear } from "../clean/title.ts";
import { parseYear } from "../clean/year.ts";
import type { FieldKind } from "../field.ts";
import { identifierSchemeNames } from "../identifiers/scheme.ts";
import { schemeNamed } from "../identifiers/scheme-of.ts";
import type { FieldSpec } from "../source-spec.ts";
import { fieldNameOf, keyOfColumn } from "./column-name.ts";
import { columnMissing } from "./nearest-name.ts";
import { fitsKind, isBookkeeping, placeholdersOf, shareOf } from "./profile-column.ts";
import { type ListOf, separatorOfList } from "./separator.ts";
import type { ColumnProfile, SourceProfile } from "./source-profile.ts";
import { type KnownField, knownFields } from "./vocabulary.ts";

/** A field as one source alone would have it, before the sources are aligned. */
export interface FieldDraft {
  readonly name: string;
  readonly kind: FieldKind;
  readonly list: boolean;
  readonly from: readonly string[];
  readonly separator: string | null;
  readonly value: string | null;
  readonly why: string;
  readonly configured: boolean;
  /** False for fields that can never be evidence, however many sources have them. */
  readonly alignable: boolean;
}

/** A column that gives no field. */
export interface LeftOut {
  readonly column: string;
  readonly why: string;
}

/** The fields that one source gives: as configured first, then by known names, then by values. */
export function draftFields(
  profile: SourceProfile,
  entityType: string,
  unused: ReadonlySet<string>,
): { drafts: FieldDraft[]; leftOut: LeftOut[] } {
  const drafts: FieldDraft[] = [];
  const taken = new Set(unused);
  const take = (draft: FieldDraft): void => {
    drafts.push(draft);
    for (const column of draft.from) taken.add(column);
  };
  const free = (): ColumnProfile[] =>
    profile.columns.filter((column) => !taken.has(column.name) && column.kind !== "empty");
  for (const [name, spec] of Object.entries(profile.spec.fields ?? {}))
    take(configuredDraft(name, spec, profile, entityType, taken));
  if (entityType === "person") takeJoinedName(free(), drafts, take);
  for (const known of knownFields(entityType)) {
    const draft = drafts.some((other) => other.name === known.name) ? undefined : knownDraft(known, profile, free());
    if (draft) take(draft);
  }
  for (const column of free()) take(inferredDraft(column, profile, entityType, drafts));
  takeDerivedYear(profile, entityType, drafts);
  const leftOut = profile.columns.filter((column) => column.kind === "empty" && !unused.has(column.name));
  return { drafts, leftOut: leftOut.map((column) => ({ column: column.name, why: "no value in the sample" })) };
}

/** The sampled texts of a column, lists taken apart, without placeholders. */
function textsOf(profile: SourceProfile, column: string): string[] {
  const values = profile.sample[profile.layout.columns.indexOf(column)] ?? [];
  const placeholders = new Set(["", ...placeholdersOf(profile.spec.placeholders)]);
  return values.flatMap((value) => value ?? []).filter((text) => !placeholders.has(text.trim().toLowerCase()));
}

function configuredDraft(
  name: string,
  spec: FieldSpec,
  profile: SourceProfile,
  entityType: string,
  taken: ReadonlySet<string>,
): FieldDraft {
  const known = knownFields(entityType).find((field) => field.name === name);
  const from = spec.value !== undefined ? [] : configuredColumns(name, spec, known, profile, taken);
  const first = profile.columns.find((column) => column.name === from[0]);
  const kind = spec.kind ?? known?.kind ?? (first && first.kind !== "empty" ? first.kind : "text");
  const list =
    spec.list ?? (kind === "personList" || known?.list || (spec.kind === undefined && (first?.list ?? false)));
  const texts = from.flatMap((column) => textsOf(profile, column));
  const separator = spec.separator ?? (list ? separatorOfList(texts, listOf(name, kind)) : null);
  return {
    name,
    kind,
    list,
    from,
    separator,
    value: spec.value ?? null,
    why: "as configured",
    configured: true,
    alignable: true,
  };
}

function configuredColumns(
  name: string,
  spec: FieldSpec,
  known: KnownField | undefined,
  profile: SourceProfile,
  taken: ReadonlySet<string>,
): string[] {
  const columns = profile.layout.columns;
  if (spec.from !== undefined) {
    const from = typeof spec.from === "string" ? [spec.from] : spec.from;
    for (const column of from) {
      if (!columns.includes(column))
        throw columnMissing(column, columns, { file: profile.spec.path }, `the field "${name}" of the configuration`);
    }
    return from;
  }
  const free = profile.columns.filter((column) => !taken.has(column.name));
  const found = known
    ? columnsOfKnown(known, free)
    : free.filter((column) => fieldNameOf(column.name) === name).map((column) => column.name);
  if (found.length > 0) return found;
  throw columnMissing(name, columns, { file: profile.spec.path }, "the configuration without a `from`");
}

function listOf(name: string, kind: FieldKind): ListOf {
  if (kind === "personList") return "persons";
  return name === "companies" ? "companies" : "words";
}

const givenNames = ["firstname", "givenname", "forename"];
const familyNames = ["lastname", "familyname", "surname"];

function takeJoinedName(
  free: readonly ColumnProfile[],
  drafts: readonly FieldDraft[],
  take: (draft: FieldDraft) => void,
): void {
  if (drafts.some((draft) => draft.name === "name") || free.some((column) => keyOfColumn(column.name) === "name"))
    return;
  const find = (keys: readonly string[]) => free.find((column) => keys.includes(keyOfColumn(column.name)))?.name;
  const [given, family] = [find(givenNames), find(familyNames)];
  if (given === undefined || family === undefined) return;
  const why = "given and family name, joined";
  take({
    name: "name",
    kind: "name",
    list: false,
    from: [given, family],
    separator: null,
    value: null,
    why,
    configured: false,
    alignable: true,
  });
}

/** The columns that bear a known field's names, the most usual name first; numbered ones (actor_1, actor_2) together. */
function columnsOfKnown(known: KnownField, free: readonly ColumnProfile[]): string[] {
  for (const key of known.columns) {
    const same = free.filter((column) => keyOfColumn(column.name) === key);
    if (same[0]) return [same[0].name];
    if (!known.list) continue;
    const numbered = free.filter(
      (column) => /\d/.test(column.name) && keyOfColumn(column.name).replace(/\d+/g, "") === key,
    );
    if (numbered.length > 1) return numbered.map((column) => column.name);
  }
  return [];
}

function knownDraft(known: KnownField, profile: SourceProfile, free: readonly ColumnProfile[]): FieldDraft | undefined {
  const fitting = free.filter((column) => fitsKind(known.kind, known.name, textsOf(profile, column.name)));
  const from = columnsOfKnown(known, fitting);
  if (from.length === 0) return undefined;
  const texts = from.flatMap((column) => textsOf(profile, column));
  const separator = known.list ? separatorOfList(texts, listOf(known.name, known.kind)) : null;
  const why = `named "${from.join('", "')}"${separator === null ? "" : `, values separated by "${separator}"`}`;
  const kind = known.kind === "identifier" ? (schemeNamed(known.name, texts)?.name ?? known.kind) : known.kind;
  return { ...known, kind, from, separator, value: null, why, configured: false, alignable: true };
}

function inferredDraft(
  column: ColumnProfile,
  profile: SourceProfile,
  entityType: string,
  drafts: readonly FieldDraft[],
): FieldDraft {
  const base = { from: [column.name], separator: column.separator, value: null, configured: false };
  const kind = column.kind === "empty" ? "text" : column.kind;
  const main = entityType === "person" ? "name" : "title";
  const lacksMain =
    !drafts.some((draft) => draft.name === main) && !profile.columns.some((other) => keyOfColumn(other.name) === main);
  if (lacksMain && (kind === "name" || (kind === "text" && column.distinct > 0.7)) && !column.list) {
    return {
      ...base,
      name: main,
      kind: main,
      list: false,
      why: `${column.why}; taken for the ${main}`,
      alignable: true,
    };
  }
  // A person's name in a column of its own, in a record about something else, is a credit.
  const credit = kind === "name" && entityType !== "person";
  const known = new Set([...drafts.map((draft) => draft.name), ...knownFields(entityType).map((field) => field.name)]);
  const own = fieldNameOf(column.name);
  // What an identifier is of says more than what its column is called.
  const scheme = identifierSchemeNames.find((name) => name === kind && drafts.every((draft) => draft.name !== name));
  if (scheme !== undefined)
    return { ...base, name: scheme, kind: scheme, list: false, why: column.why, alignable: true };
  return {
    ...base,
    name: known.has(own) ? freshName(`${own}_${kind}`, drafts) : freshName(own, drafts),
    kind: credit ? "personList" : kind,
    list: credit || column.list,
    why: column.why,
    alignable: kind !== "identifier" && !isBookkeeping(column.name),
  };
}

function freshName(name: string, drafts: readonly FieldDraft[]): string {
  let fresh = name;
  for (let count = 2; drafts.some((draft) => draft.name === fresh); count++) fresh = `${name}_${count}`;
  return fresh;
}

/** Dates imply years, and some catalogues write the year behind the title: so that they align with those that have a year. */
function takeDerivedYear(profile: SourceProfile, entityType: string, drafts: FieldDraft[]): void {
  const person = entityType === "person";
  const name = person ? "birth_year" : "year";
  if (drafts.some((draft) => draft.name === name)) return;
  const dated = drafts.find((draft) => draft.name === (person ? "birth_date" : "release_date"));
  const base = {
    name,
    kind: "year",
    list: false,
    separator: null,
    value: null,
    configured: false,
    alignable: true,
  } as const;
  if (dated) drafts.push({ ...base, from: dated.from, why: `the year of ${dated.name}` });
  const title = drafts.find((draft) => draft.name === "title");
  if (dated || person || !title) return;
  const texts = title.from.flatMap((column) => textsOf(profile, column));
  if (shareOf(texts, (text) => splitTitleYear(text) !== null) < 0.5) return;
  drafts.push({ ...base, from: title.from, why: "the year in brackets at the end of the title" });
}

/** The years that a draft's sampled values say. */
export function yearsOf(profile: SourceProfile, draft: FieldDraft): number[] {
  const years = draft.from.flatMap((column) => textsOf(profile, column)).map((text) => parseYear(text.trim(), null));
  return years.filter((year): year is number => year !== null);
}
