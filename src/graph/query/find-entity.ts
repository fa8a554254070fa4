import { KindredError } from "../../base/index.ts";
import { textsAt } from "../../columns/index.ts";
import { foldLabel } from "../fold-label.ts";
import type { Graph } from "../graph.ts";
import type { SearchHit } from "../views.ts";
import { readQuery } from "./query.ts";
import { search } from "./search.ts";

/** Entities of one name that are looked through. */
const maxNamesakes = 200;
const maxNamed = 5;

/**
 * The id of the entity meant by an entity id, a record (`source:id` or `source/id`) or a label that only one entity
 * has (a year at its end counts: "Psycho 1960").
 * @throws not-found, with the nearest entities named when none or several fit
 */
export function findEntity(graph: Graph, text: string): string {
  if (graph.entities.find(text) !== undefined) return text;
  const place = memberPlace(graph, text);
  if (place !== undefined) return graph.entities.idOf(place);
  const hits = search(graph, text, { limit: maxNamesakes });
  const named = preferKnown(namesakes(graph, text, hits));
  const only = named[0];
  if (only && named.length === 1) return only.id;
  const shown = (named.length > 0 ? named : hits).slice(0, maxNamed);
  const list = shown.map((hit) => `${hit.id} "${hit.label}"${hit.year === null ? "" : ` (${hit.year})`}`).join(", ");
  throw new KindredError("not-found", {
    seen: named.length > 1 ? `"${text}" may be ${named.length} entities` : `nothing in the graph is called "${text}"`,
    expected: "an entity id, a record as source:id, or a label that one entity has",
    hint: list === "" ? "Look for it with kindred search" : `${named.length > 1 ? "It may be" : "Near it are"} ${list}`,
  });
}

/** Source names and ids may both hold the separator, so every cut is tried. */
function memberPlace(graph: Graph, text: string): number | undefined {
  for (let at = 1; at < text.length; at++) {
    if (text[at] !== ":" && text[at] !== "/") continue;
    const place = graph.members.find(text.slice(0, at), text.slice(at + 1));
    if (place !== undefined) return place;
  }
  return undefined;
}

/** What a source has a record of is meant before what only a text mentions, such as the novel behind a film. */
function preferKnown(named: readonly SearchHit[]): readonly SearchHit[] {
  const known = named.filter((hit) => hit.sourceCount > 0);
  return known.length > 0 ? known : named;
}

/** Those called exactly so: by label before other labels, and of the year in the text before others. */
function namesakes(graph: Graph, text: string, hits: readonly SearchHit[]): readonly SearchHit[] {
  const { fold, foldWithoutYear, year } = readQuery(text);
  const withYear = hits.filter((hit) => year !== undefined && hit.year === year);
  for (const [wanted, among] of [
    [fold, hits],
    [foldWithoutYear, withYear],
  ] as const) {
    const byLabel = among.filter((hit) => foldLabel(hit.label) === wanted);
    if (byLabel.length > 0) return byLabel;
    const byOther = among.filter((hit) => alternatives(graph, hit.id).some((label) => foldLabel(label) === wanted));
    if (byOther.length > 0) return byOther;
  }
  return [];
}

function alternatives(graph: Graph, id: string): string[] {
  return textsAt(graph.entities.alternatives, graph.entities.find(id) as number);
}
