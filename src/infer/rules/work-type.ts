import { entityTypeOf, isKindOf, type Ontology, relationTypeOf } from "../../ontology/index.ts";
import type { Document } from "../documents/document.ts";
import type { Gazetteer } from "../gazetteer.ts";
import { nameOfSurface } from "../surface.ts";
import type { NamedSpan } from "./span.ts";
import { typeOfNoun } from "./vocabulary.ts";

/** Where the type of a named thing can be learnt from. */
export interface TypeSources {
  readonly ontology: Ontology;
  readonly document: Document;
  readonly gazetteer: Gazetteer;
}

/** The entity types that one side of a relation allows. */
export function allowedTypes(ontology: Ontology, relation: string, side: "domain" | "range"): readonly string[] {
  const types = relationTypeOf(ontology, relation)?.[side];
  return Array.isArray(types) ? types : [];
}

/**
 * The type a work is known to have: by the noun beside it, by the gazetteer, or by the document's hint; undefined if
 * nothing says so, or if what says so does not fit.
 */
export function knownType(
  { ontology, document, gazetteer }: TypeSources,
  title: NamedSpan,
  noun: string | undefined,
  allowed: readonly string[],
): string | undefined {
  const fits = (type: string | undefined): type is string =>
    type !== undefined &&
    entityTypeOf(ontology, type) !== undefined &&
    allowed.some((name) => isKindOf(ontology, type, name));
  const byNoun = typeOfNoun(noun);
  if (fits(byNoun)) return byNoun;
  const name = nameOfSurface(title.surface);
  const entries = gazetteer.entriesOf(name).filter((entry) => title.year === undefined || entry.year === title.year);
  const types = new Set(entries.map((entry) => entry.entityType).filter(fits));
  if (types.size === 1) return [...types][0];
  const hint = document.about;
  return hint?.name === name && fits(hint.entityType) ? hint.entityType : undefined;
}

/** The broadest of the allowed types, where nothing tells more: the graph decides later which one it is. */
export function broadestType(ontology: Ontology, allowed: readonly string[]): string {
  return allowed.find((type) => allowed.every((other) => isKindOf(ontology, other, type))) ?? allowed[0] ?? "";
}
