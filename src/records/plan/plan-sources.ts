import type { Field } from "../field.ts";
import { checkSourceNames } from "../source-name.ts";
import { type AlignedDraft, alignDrafts } from "./align.ts";
import { defaultAsOfYear, newestYearOf } from "./century.ts";
import { checkIgnored, chooseIdColumn, choosePeople, unusedColumns } from "./choose-columns.ts";
import { entityTypes } from "./entity-type.ts";
import { draftFields, type FieldDraft, type LeftOut, yearsOf } from "./field-draft.ts";
import { placeholdersOf } from "./profile-column.ts";
import type { FieldPlan, SourcePlan } from "./source-plan.ts";
import type { ColumnProfile, SourceProfile } from "./source-profile.ts";

/** What the caller decides for all sources. */
export interface PlanOptions {
  /** Columns that are never evidence nor fields; each must exist in at least one source. */
  readonly ignore?: readonly string[];
  /** As `--id` gives them: `column` for every source, or `source:column` for one. */
  readonly ids?: readonly string[];
  /** The year the catalogues are of: release years more than 5 after it are 100 years off. Default: a constant, not the clock. */
  readonly asOfYear?: number;
}

interface Draft {
  readonly profile: SourceProfile;
  readonly entityType: string;
  readonly idColumn: string | null;
  readonly drafts: readonly FieldDraft[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Decides for every source its ids, entity type and fields, the fields aligned over sources of the same entity type.
 * @throws column-missing for an id, ignored or configured column that is not there, with the nearest name
 */
export function planSources(profiles: readonly SourceProfile[], options: PlanOptions = {}): SourcePlan[] {
  checkSourceNames(profiles.map((profile) => profile.spec));
  checkIgnored(profiles, options.ignore ?? []);
  const types = entityTypes(profiles);
  const drafts = profiles.map((profile, i) => draftSource(profile, profiles, types[i] as string, options));
  const plans = new Map<Draft, SourcePlan>();
  for (const entityType of new Set(types)) {
    const same = drafts.filter((draft) => draft.entityType === entityType);
    const alignment = alignDrafts(
      same.map((draft) => draft.drafts),
      entityType,
    );
    same.forEach((draft, i) => {
      plans.set(
        draft,
        planSource(draft, alignment.shared, alignment.sources[i] ?? [], options.asOfYear ?? defaultAsOfYear),
      );
    });
  }
  return drafts.map((draft) => plans.get(draft) as SourcePlan);
}

function draftSource(
  profile: SourceProfile,
  profiles: readonly SourceProfile[],
  entityType: string,
  options: PlanOptions,
): Draft {
  const idColumn = chooseIdColumn(profile, profiles, options.ids ?? []);
  const unused = unusedColumns(profile, idColumn, options.ignore ?? []);
  const { drafts, leftOut } = draftFields(profile, entityType, new Set(unused.map((column) => column.column)));
  return { profile, entityType, idColumn, drafts, leftOut: [...unused, ...leftOut] };
}

function planSource(
  draft: Draft,
  shared: readonly Field[],
  aligned: readonly AlignedDraft[],
  asOfYear: number,
): SourcePlan {
  const { profile, entityType, idColumn } = draft;
  const sharedNames = new Set(shared.map((field) => field.name));
  const plans = aligned.map((entry) =>
    fieldPlan(entry, profile, sharedNames.has(entry.field.name) && entry.draft.alignable, asOfYear),
  );
  const ordered = shared.map((field) => plans.find((plan) => plan.field.name === field.name) ?? absentField(field));
  const own = plans.filter((plan) => !ordered.includes(plan));
  const personLists = plans.filter((plan) => plan.field.kind === "personList").map((plan) => plan.field.name);
  return {
    spec: profile.spec,
    source: profile.spec.name,
    layout: profile.layout,
    rowCount: profile.rowCount,
    idColumn,
    entityType,
    fields: [...ordered, ...own],
    leftOut: draft.leftOut,
    placeholders: placeholdersOf(profile.spec.placeholders),
    people: choosePeople(profile, personLists),
    notes: [...profile.notes, ...(idColumn === null ? ["no id column: ids are row:1, row:2, ..."] : [])],
  };
}

function absentField(field: Field): FieldPlan {
  return {
    field,
    from: [],
    separator: null,
    value: null,
    aligned: true,
    newestYear: null,
    filled: 0,
    sample: null,
    why: "not in this source",
  };
}

/** Release years cannot lie in the future; birth years and times of book-keeping are left as they are. */
const releaseFields = new Set(["year", "end_year", "release_date"]);

function fieldPlan(
  { draft, field }: AlignedDraft,
  profile: SourceProfile,
  aligned: boolean,
  asOfYear: number,
): FieldPlan {
  const columns = draft.from
    .map((name) => profile.columns.find((column) => column.name === name))
    .filter((column) => column !== undefined);
  const timed = (field.kind === "year" || field.kind === "date") && releaseFields.has(field.name);
  return {
    field,
    from: draft.from,
    separator: draft.separator,
    value: draft.value,
    aligned,
    newestYear: timed ? newestYearOf(yearsOf(profile, draft), asOfYear) : null,
    filled: draft.value !== null ? 1 : Math.max(0, ...columns.map((column) => column.filled)),
    sample: draft.value ?? sampleOf(columns),
    why: draft.why,
  };
}

function sampleOf(columns: readonly ColumnProfile[]): string | null {
  const texts = columns.flatMap((column) => column.samples.slice(0, 1));
  return texts.length === 0 ? null : texts.join(" ").slice(0, 80);
}
