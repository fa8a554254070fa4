import { KindredError } from "../base/index.ts";
import { type Field, type FieldKind, identifierSchemeNames } from "../records/index.ts";
import { comparisonOf } from "./compare/index.ts";
import { linkageDefaults, topKDefaults } from "./defaults.ts";
import { isIdentifierKind } from "./identifier-kinds.ts";
import {
  type BlockingRule,
  type ComparisonSettings,
  type KeyMakerName,
  type LinkageSettings,
  linkageSchema,
} from "./settings.ts";
import { withTrustedRules } from "./trusted-rules.ts";

/** A field and how much of it each source holds. */
export interface FieldProfile extends Field {
  /** Share of the source's records that have a value, by source; absent counts as 0. */
  readonly fillBySource: Readonly<Record<string, number>>;
}

/** What linkage is inferred from: the sources of one entity type, in order, and their fields. */
export interface LinkageProfile {
  readonly entityType: string;
  readonly sources: readonly string[];
  readonly fields: readonly FieldProfile[];
  readonly dedupe?: boolean;
  readonly oneToOne?: boolean;
}

const comparisonsMax = 12;
const rulesMax = 16;
/** A field that fewer records than this share have in a source says too little of it to rule out or in. */
const fillMin = 0.005;

/** Lists of these kinds are compared as wholes; all others by the comparison that is named like the kind of field. */
const listComparisonByKind: Partial<Record<FieldKind, string>> = { category: "set", title: "titleList" };

const kindsInOrder: readonly FieldKind[] = [
  "title",
  "name",
  "identifier",
  ...identifierSchemeNames,
  "year",
  "date",
  "personList",
  "number",
  "category",
  "country",
  "coordinates",
  "text",
  "embedding",
];

/**
 * Settings that fit the fields which at least two sources have (one, when linking within a source).
 * `overrides` replace what is inferred, part by part.
 * @throws config-invalid when what comes out is not valid, or nothing can be linked by
 */
export function inferLinkage(profile: LinkageProfile, overrides: Partial<LinkageSettings> = {}): LinkageSettings {
  const dedupe = overrides.dedupe ?? profile.dedupe ?? profile.sources.length === 1;
  const shared = profile.fields.filter((field) => sourcesWith(field, profile.sources) >= (dedupe ? 1 : 2));
  const settings = {
    entityType: profile.entityType,
    sources: [...profile.sources],
    fields: profile.fields.map(({ name, kind, list }) => ({ name, kind, list })),
    levelField: shared.find((field) => field.kind === "level")?.name ?? null,
    comparisons: inferComparisons(shared),
    rules: inferRules(shared, profile.sources),
    dedupe,
    oneToOne: profile.oneToOne ?? false,
    trusted: [],
    cannotLink: [],
    ...linkageDefaults,
    ...overrides,
  };
  return checkLinkage({ ...settings, rules: withTrustedRules(settings.rules, settings.trusted) });
}

/**
 * Checks settings from outside, and that rules and comparisons name fields that are there.
 * @throws config-invalid
 */
export function checkLinkage(settings: unknown): LinkageSettings {
  const parsed = linkageSchema.safeParse(settings);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new KindredError("config-invalid", { seen: `linkage settings: ${issue?.path.join(".")}: ${issue?.message}` });
  }
  const names = parsed.data.fields.map((field) => field.name);
  const used = [
    ...parsed.data.comparisons.map(({ field }) => field),
    ...parsed.data.rules.flatMap(({ keys, topK }) => [...keys.map(({ field }) => field), ...(topK?.fields ?? [])]),
    ...parsed.data.trusted.map(({ field }) => field),
    ...parsed.data.cannotLink.map(({ field }) => field),
  ];
  const unknown = used.find((field) => !names.includes(field));
  if (unknown !== undefined) {
    throw new KindredError("config-invalid", {
      seen: `linkage of ${parsed.data.entityType} uses the field "${unknown}"`,
      expected: `one of ${names.join(", ")}`,
    });
  }
  for (const comparison of parsed.data.comparisons) comparisonOf(comparison);
  assertSingle(parsed.data);
  return { ...parsed.data, rules: topKLast(parsed.data.rules) };
}

/** Rules with `topK` make what others leave, so they come after them, wherever they were written. */
function topKLast(rules: readonly BlockingRule[]): BlockingRule[] {
  return [...rules.filter(({ topK }) => topK === undefined), ...rules.filter(({ topK }) => topK !== undefined)];
}

/** What must not differ within an entity is one value a record. */
function assertSingle({ fields, trusted, cannotLink }: LinkageSettings): void {
  const single = [...cannotLink, ...trusted.filter(({ onePerEntity }) => onePerEntity === true)];
  const list = fields.find((field) => field.list && single.some((one) => one.field === field.name));
  if (list === undefined) return;
  throw new KindredError("config-invalid", {
    seen: `the field "${list.name}", of which a record may have several values, in cannotLink or as onePerEntity`,
    expected: "a field with one value a record",
  });
}

function sourcesWith(field: FieldProfile, sources: readonly string[]): number {
  return sources.filter((source) => (field.fillBySource[source] ?? 0) >= fillMin).length;
}

function inferComparisons(fields: readonly FieldProfile[]): ComparisonSettings[] {
  const compared = kindsInOrder.flatMap((kind) => fields.filter((field) => field.kind === kind));
  return compared.slice(0, comparisonsMax).map((field) => ({
    field: field.name,
    kind: (field.list ? listComparisonByKind[field.kind] : undefined) ?? field.kind,
  }));
}

function inferRules(fields: readonly FieldProfile[], sources: readonly string[]): BlockingRule[] {
  const best = (kind: FieldKind): FieldProfile | undefined => {
    const fill = (field: FieldProfile): number =>
      sources.reduce((sum, source) => sum + (field.fillBySource[source] ?? 0), 0);
    return fields.filter((field) => field.kind === kind && !field.list).sort((a, b) => fill(b) - fill(a))[0];
  };
  const year = best("year")?.name;
  const title = best("title")?.name;
  const name = best("name")?.name;
  const identifiers = fields.filter((field) => isIdentifierKind(field.kind));
  const rules = identifiers.map((field) => rule(`same ${field.name}`, [field.name, "exact"]));
  if (title !== undefined) rules.push(...titleRules(title, year, fields));
  else if (name !== undefined) rules.push(...nameRules(name, year, best("date")?.name));
  else rules.push(...otherRules(fields));
  const alike = title ?? (name === undefined ? best("text")?.name : undefined);
  const byKeys = rules.slice(0, alike === undefined ? rulesMax : rulesMax - 1);
  return alike === undefined ? byKeys : [...byKeys, topKRule(alike)];
}

/** What rules by keys miss: a title with words added, dropped or misspelt. */
function topKRule(field: string): BlockingRule {
  return {
    name: `most alike in the words of ${field}`,
    keys: [],
    topK: { fields: [field], tokens: "words", ...topKDefaults },
  };
}

function titleRules(title: string, year: string | undefined, fields: readonly FieldProfile[]): BlockingRule[] {
  const persons = fields.filter((field) => field.kind === "personList");
  const near: [string, KeyMakerName][] = year === undefined ? [] : [[year, "yearNear"]];
  const suffix = year === undefined ? "" : `, ${year} within one`;
  return [
    rule(`same ${title}`, [title, "title"]),
    rule(`same ${title} but for a subtitle${suffix}`, [title, "baseTitle"], ...near),
    rule(`same longest words of ${title}${suffix}`, [title, "titleWords"], ...near),
    ...(year === undefined ? [] : [rule(`same start of ${title}${suffix}`, [title, "titleStart"], ...near)]),
    ...persons
      .slice(0, 2)
      .map((field, i) =>
        rule(`someone in ${field.name} shared${suffix}`, [field.name, i === 0 ? "persons" : "leadingPersons"], ...near),
      ),
  ];
}

function nameRules(name: string, year: string | undefined, date: string | undefined): BlockingRule[] {
  return [
    rule(`same ${name}`, [name, "name"]),
    ...(year === undefined
      ? []
      : [rule(`same last name and initial, ${year} within one`, [name, "lastNameInitial"], [year, "yearNear"])]),
    rule(`same last name and initial of ${name}`, [name, "lastNameInitial"]),
    // Of who changed the name, or whose name is misspelt, only the day stays the same.
    ...(date === undefined ? [] : [rule(`same ${date}`, [date, "exact"])]),
    ...(year === undefined ? [rule(`a long word of ${name} shared`, [name, "words"])] : []),
  ];
}

function otherRules(fields: readonly FieldProfile[]): BlockingRule[] {
  return fields
    .filter((field) => field.kind === "text" || field.kind === "personList" || field.kind === "category")
    .slice(0, 4)
    .map((field) => {
      if (field.kind === "personList") return rule(`someone in ${field.name} shared`, [field.name, "persons"]);
      return field.kind === "text"
        ? rule(`a long word of ${field.name} shared`, [field.name, "words"])
        : rule(`same ${field.name}`, [field.name, "exact"]);
    });
}

function rule(name: string, ...keys: [field: string, maker: KeyMakerName][]): BlockingRule {
  return { name, keys: keys.map(([field, maker]) => ({ field, maker })) };
}
