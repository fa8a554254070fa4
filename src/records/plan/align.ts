import type { Field, FieldKind } from "../field.ts";
import { identifierSchemeNames } from "../identifiers/scheme.ts";
import type { FieldDraft } from "./field-draft.ts";
import { knownFields } from "./vocabulary.ts";

/** A draft with the field it became among all sources of the entity type. */
export interface AlignedDraft {
  readonly draft: FieldDraft;
  readonly field: Field;
}

/** The drafts of one source, aligned, and the fields it shares with the others. */
export interface Alignment {
  /** Fields that can be evidence, in the order that every source has them. */
  readonly shared: readonly Field[];
  /** By source. */
  readonly sources: readonly (readonly AlignedDraft[])[];
}

/**
 * Aligns the drafts of all sources of one entity type: one name is one kind everywhere. Kinds that can be read as one
 * another are (category as text); where they cannot, the later source keeps its column under a name with the kind.
 */
export function alignDrafts(bySource: readonly (readonly FieldDraft[])[], entityType: string): Alignment {
  const kindByName = new Map<string, FieldKind>();
  const listed = new Set<string>();
  // What a configuration says goes before what was inferred.
  for (const configured of [true, false]) {
    for (const draft of bySource.flat()) {
      if (draft.configured !== configured) continue;
      const kind = kindByName.get(draft.name);
      kindByName.set(draft.name, kind === undefined ? draft.kind : (commonKind(kind, draft.kind) ?? kind));
    }
  }
  const sources = bySource.map((drafts) => drafts.map((draft) => ({ draft, name: alignedName(draft, kindByName) })));
  for (const { draft, name } of sources.flat()) if (draft.list) listed.add(name);
  const fieldOf = (draft: FieldDraft, name: string): Field => ({
    name,
    kind: kindByName.get(name) ?? draft.kind,
    list: listed.has(name),
  });
  const aligned = sources.map((drafts) => drafts.map(({ draft, name }) => ({ draft, field: fieldOf(draft, name) })));
  return { shared: sharedFields(aligned, entityType), sources: aligned };
}

function alignedName(draft: FieldDraft, kindByName: ReadonlyMap<string, FieldKind>): string {
  const kind = kindByName.get(draft.name) as FieldKind;
  return commonKind(kind, draft.kind) === kind ? draft.name : `${draft.name}_${draft.kind}`;
}

const broader: readonly (readonly [FieldKind, FieldKind, FieldKind])[] = [
  ["category", "text", "text"],
  ["category", "identifier", "category"],
  ["text", "title", "text"],
  ["text", "name", "text"],
  ["number", "year", "number"],
  ["name", "personList", "personList"],
  ["category", "personList", "category"],
  ["category", "country", "category"],
  ...identifierSchemeNames.flatMap((scheme): [FieldKind, FieldKind, FieldKind][] => [
    [scheme, "identifier", "identifier"],
    [scheme, "category", "category"],
  ]),
];

/** The kind that values of both kinds can be read as, or undefined. */
function commonKind(left: FieldKind, right: FieldKind): FieldKind | undefined {
  if (left === right) return left;
  return broader.find(([a, b]) => (a === left && b === right) || (a === right && b === left))?.[2];
}

function sharedFields(sources: readonly (readonly AlignedDraft[])[], entityType: string): Field[] {
  const needed = sources.length === 1 ? 1 : 2;
  const counts = new Map<string, number>();
  const fields = new Map<string, Field>();
  for (const { draft, field } of sources.flat()) {
    if (!draft.alignable) continue;
    counts.set(field.name, (counts.get(field.name) ?? 0) + 1);
    if (!fields.has(field.name)) fields.set(field.name, field);
  }
  const order = knownFields(entityType).map((known) => known.name);
  const rank = (field: Field): number => (order.indexOf(field.name) + order.length + 1) % (order.length + 1);
  const shared = [...fields.values()].filter((field) => (counts.get(field.name) as number) >= needed);
  return shared.sort((a, b) => rank(a) - rank(b));
}
