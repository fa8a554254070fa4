import { KindredError } from "../../base/index.ts";
import { type FieldProfile, inferLinkage, type LinkageSettings } from "../../linkage/index.ts";
import { checkSourceNames, type Field, planSources, type SourcePlan, type SourceProfile } from "../../records/index.ts";
import { type FindFile, profileFound } from "./local-files.ts";
import type { LinkageParams } from "./params.ts";
import { personFields } from "./people-fields.ts";
import { peopleSource } from "./person-slug.ts";

/** People whom the works of a declared source name, as a source of their own. */
export interface DerivedSource {
  readonly source: string;
  /** The declared source whose works name them. */
  readonly from: string;
  readonly fields: readonly Field[];
}

/** The linkage of one entity type: its sources, declared ones first, and the settings. */
export interface TypePlan {
  readonly entityType: string;
  readonly sources: readonly string[];
  readonly settings: LinkageSettings;
}

/** What a run will do, decided from a bounded sample of each source. */
export interface LinkagePlan {
  readonly sources: readonly SourcePlan[];
  readonly derived: readonly DerivedSource[];
  readonly types: readonly TypePlan[];
}

/** The entity type of people. */
export const personType = "person";

/** Profiles the sources and decides how each is read and how each entity type is linked. */
export async function planLinkage(
  params: LinkageParams,
  find: FindFile,
  temporaryDirectory: string,
): Promise<LinkagePlan> {
  checkSourceNames(params.sources);
  const profiles: SourceProfile[] = [];
  for (const spec of params.sources) profiles.push(await profileFound(spec, find, temporaryDirectory));
  const sources = planSources(profiles, {
    ids: params.ids,
    ignore: params.ignore,
    ...(params.asOfYear === null ? {} : { asOfYear: params.asOfYear }),
  });
  const derived = deriveSources(sources);
  const typeNames = new Set([...sources.map((plan) => plan.entityType), ...(derived.length > 0 ? [personType] : [])]);
  assertTypes(Object.keys(params.linkage), typeNames);
  const types = [...typeNames].map((entityType) => planType(entityType, sources, derived, params));
  return { sources, derived, types };
}

/** Settings of a type that no source has would be passed over in silence. */
function assertTypes(configured: readonly string[], known: ReadonlySet<string>): void {
  const unknown = configured.filter((entityType) => !known.has(entityType));
  if (unknown.length === 0) return;
  throw new KindredError("config-invalid", {
    seen: `linkage settings of ${unknown.map((name) => `"${name}"`).join(", ")}, which no source is of`,
    expected: `an entity type among ${[...known].join(", ")}`,
  });
}

function deriveSources(sources: readonly SourcePlan[]): DerivedSource[] {
  const declaredPeople = sources.filter((plan) => plan.entityType === personType);
  const fields = personFields(declaredPeople.flatMap((plan) => plan.fields.map(({ field }) => field)));
  return sources
    .filter((plan) => plan.entityType !== personType && plan.people.length > 0)
    .map((plan) => ({ source: peopleSource(plan.source), from: plan.source, fields }));
}

function planType(
  entityType: string,
  sources: readonly SourcePlan[],
  derived: readonly DerivedSource[],
  params: LinkageParams,
): TypePlan {
  const own = sources.filter((plan) => plan.entityType === entityType);
  const added = entityType === personType ? derived : [];
  const names = [...own.map((plan) => plan.source), ...added.map((people) => people.source)];
  // People named by one catalogue only are told apart by name already: there is nothing to link them with.
  const dedupe = own.length > 0 && (params.dedupe || names.length === 1);
  const profile = { entityType, sources: names, fields: fieldProfiles(own, added), dedupe, oneToOne: params.oneToOne };
  const { threshold, reviewThreshold } = params;
  const settings = inferLinkage(profile, { threshold, reviewThreshold, ...params.linkage[entityType] });
  return { entityType, sources: names, settings };
}

/** Fields by name, each with how full it is in every source that has it. */
function fieldProfiles(plans: readonly SourcePlan[], derived: readonly DerivedSource[]): FieldProfile[] {
  const byName = new Map<string, FieldProfile>();
  const add = (field: Field, source: string, fill: number): void => {
    const fillBySource = { ...byName.get(field.name)?.fillBySource, [source]: fill };
    byName.set(field.name, { ...field, fillBySource });
  };
  for (const plan of plans) for (const { field, filled } of plan.fields) add(field, plan.source, filled);
  // What works say of people is dense by construction: every person has a name, and nearly every one a work.
  for (const { source, fields } of derived) for (const field of fields) add(field, source, 1);
  return [...byName.values()];
}
