import { type FieldProfile, inferLinkage, type LinkageSettings } from "../../linkage/index.ts";
import {
  checkSourceNames,
  type Field,
  planSources,
  profileSource,
  type SourcePlan,
  type SourceProfile,
} from "../../records/index.ts";
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
const personType = "person";

/** Profiles the sources and decides how each is read and how each entity type is linked. */
export async function planLinkage(params: LinkageParams, temporaryDirectory: string): Promise<LinkagePlan> {
  checkSourceNames(params.sources);
  const profiles: SourceProfile[] = [];
  for (const spec of params.sources) profiles.push(await profileSource(spec, { temporaryDirectory }));
  const sources = planSources(profiles, {
    ids: params.ids,
    ignore: params.ignore,
    ...(params.asOfYear === null ? {} : { asOfYear: params.asOfYear }),
  });
  const derived = deriveSources(sources);
  const typeNames = new Set([...sources.map((plan) => plan.entityType), ...(derived.length > 0 ? [personType] : [])]);
  const types = [...typeNames].map((entityType) => planType(entityType, sources, profiles, derived, params));
  return { sources, derived, types };
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
  profiles: readonly SourceProfile[],
  derived: readonly DerivedSource[],
  params: LinkageParams,
): TypePlan {
  const own = sources.filter((plan) => plan.entityType === entityType);
  const added = entityType === personType ? derived : [];
  const names = [...own.map((plan) => plan.source), ...added.map((people) => people.source)];
  const fields = fieldProfiles(own, profiles, added);
  const profile = { entityType, sources: names, fields, dedupe: params.dedupe || names.length === 1, oneToOne: params.oneToOne };
  const settings = inferLinkage(profile, { threshold: params.threshold, ...params.linkage[entityType] });
  return { entityType, sources: names, settings };
}

/** Fields by name, each with how full and how varied it is in every source that has it. */
function fieldProfiles(
  plans: readonly SourcePlan[],
  profiles: readonly SourceProfile[],
  derived: readonly DerivedSource[],
): FieldProfile[] {
  const byName = new Map<string, Mutable<FieldProfile>>();
  const add = (field: Field, source: string, fill: number, distinct: number): void => {
    const known = byName.get(field.name) ?? { ...field, fillBySource: {}, distinctBySource: {} };
    byName.set(field.name, known);
    known.fillBySource = { ...known.fillBySource, [source]: fill };
    known.distinctBySource = { ...known.distinctBySource, [source]: distinct };
  };
  for (const plan of plans) {
    const profile = profiles.find((candidate) => candidate.spec.name === plan.source);
    for (const made of plan.fields) {
      const column = profile?.columns.find((candidate) => candidate.name === made.from[0]);
      add(made.field, plan.source, made.filled, column?.distinct ?? 0);
    }
  }
  // What works say of people is dense by construction: every person has a name, and nearly every one a work.
  for (const { source, fields } of derived) for (const field of fields) add(field, source, 1, field.kind === "name" ? 1 : 0.5);
  return [...byName.values()];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
