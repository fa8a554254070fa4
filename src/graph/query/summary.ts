import { KindredError } from "../../base/index.ts";
import { isKindOf } from "../../ontology/index.ts";
import type { Graph } from "../graph.ts";
import { maxAnswerLength } from "../limits.ts";
import type { EntitySummary } from "../views.ts";

/** An entity in a few words, by place. */
export function summary({ entities, codes }: Graph, place: number): EntitySummary {
  const year = entities.years[place] as number;
  return {
    id: entities.idOf(place),
    type: codes.typeName(entities.types[place] as number),
    label: entities.labelOf(place),
    year: Number.isNaN(year) ? null : year,
  };
}

/**
 * The place of an id.
 * @throws not-found when no entity has it
 */
export function placeOf({ entities }: Graph, id: string): number {
  const place = entities.find(id);
  if (place !== undefined) return place;
  throw new KindredError("not-found", {
    seen: `no entity has the id "${id}"`,
    expected: "an id such as film:3f2a9c1b04",
    hint: "Look for it with kindred search",
  });
}

/**
 * The codes of a type and its narrower ones.
 * @throws argument-invalid when the ontology has no such type
 */
export function typeFilter({ codes }: Graph, type: string): ReadonlySet<number> {
  const types = codes.ontology.entityTypes;
  const found = types.flatMap((item, code) => (isKindOf(codes.ontology, item.name, type) ? [code] : []));
  if (found.length > 0) return new Set(found);
  throw new KindredError("argument-invalid", {
    seen: `the entity type "${type}"`,
    expected: `one of ${types.map((item) => item.name).join(", ")}`,
  });
}

/** The length of an answer: as asked, within the limit. */
export function answerLength(limit: number | undefined, usual: number): number {
  return Math.max(0, Math.min(maxAnswerLength, Math.floor(limit ?? usual)));
}
