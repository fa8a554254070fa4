import { KindredError } from "../../base/index.ts";
import { foldLabel } from "../fold-label.ts";
import type { Graph } from "../graph.ts";
import type { Proposal } from "../views.ts";
import { personalisedPageRank } from "./personalised-pagerank.ts";
import { reasonsFor } from "./reasons.ts";
import { likeness } from "./shared-neighbours.ts";
import { answerLength, placeOf, summary } from "./summary.ts";
import { topPlaces } from "./top-places.ts";

const usualLimit = 10;
/** The most liked entities that are taken into account. */
const maxLiked = 100;
/** Repeats of liked entities looked for among the best. */
const maxRepeats = 100;
/** How much the walk counts beside the likeness to each liked entity. */
const walkShare = 0.5;
/** Sources after which one more says nothing about how well known a thing is. */
const knownSources = 4;
/** What a thing that one source alone knows keeps of its score. */
const obscureShare = 0.6;

/**
 * Entities for a set of liked ones, best first, with reasons: of the type most of them have, half by a walk with restart
 * from all of them, half by likeness to each, lowered for what few sources know. The liked ones and what may be
 * the same thing again (equal label, years within one) are left out.
 * @throws argument-invalid when none is given or over 100 are; not-found for an unknown id
 */
export function recommend(
  graph: Graph,
  likedIds: readonly string[],
  { limit }: { readonly limit?: number } = {},
): Proposal[] {
  if (likedIds.length === 0 || likedIds.length > maxLiked) {
    throw new KindredError("argument-invalid", {
      seen: `${likedIds.length} liked entities`,
      expected: `1 to ${maxLiked} entity ids`,
    });
  }
  const liked = [...new Set(likedIds.map((id) => placeOf(graph, id)))].sort((a, b) => a - b);
  const scores = scoreAll(graph, liked);
  const isRepeat = repeatTest(graph, liked);
  const scoreOf = (place: number): number => scores.get(place) ?? 0;
  const length = answerLength(limit, usualLimit);
  const best = topPlaces(scores.keys(), scoreOf, length + maxRepeats).filter((place) => !isRepeat(place));
  return best.slice(0, length).map((place) => ({
    ...summary(graph, place),
    score: Number(scoreOf(place).toFixed(4)),
    reasons: reasonsFor(graph, liked, place),
  }));
}

function scoreAll(graph: Graph, liked: readonly number[]): Map<number, number> {
  const type = commonType(graph, liked);
  const walk = personalisedPageRank(graph, liked);
  const alike = summedLikeness(graph, liked);
  const places: number[] = [];
  for (let place = 0; place < graph.entities.count; place++) {
    const isReached = (walk[place] as number) > 0 || (alike[place] as number) > 0;
    if (isReached && graph.entities.types[place] === type && !liked.includes(place)) places.push(place);
  }
  // Walks favour what has many edges: dividing by the root of the degree takes half of that back.
  const walked = (place: number): number => (walk[place] as number) / Math.sqrt(1 + (graph.degrees[place] as number));
  const likened = (place: number): number => alike[place] as number;
  const mostWalked = places.reduce((most, place) => Math.max(most, walked(place)), Number.MIN_VALUE);
  const mostLikened = places.reduce((most, place) => Math.max(most, likened(place)), Number.MIN_VALUE);
  return new Map(
    places.map((place) => {
      const fit = (walkShare * walked(place)) / mostWalked + ((1 - walkShare) * likened(place)) / mostLikened;
      return [place, fit * renown(graph, place)];
    }),
  );
}

function summedLikeness(graph: Graph, liked: readonly number[]): Float64Array {
  const sums = new Float64Array(graph.entities.count);
  for (const place of liked) {
    const { scores, touched } = likeness(graph, place);
    for (const other of touched) sums[other] = (sums[other] as number) + (scores[other] as number);
  }
  return sums;
}

function renown({ entities }: Graph, place: number): number {
  const sources = Math.min(knownSources, entities.sourceCounts[place] as number);
  return obscureShare + (1 - obscureShare) * (Math.max(0, sources - 1) / (knownSources - 1));
}

/** The type that most liked entities have; of equals the first in the ontology. */
function commonType(graph: Graph, liked: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const place of liked) {
    const type = graph.entities.types[place] as number;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] as number;
}

function repeatTest(graph: Graph, liked: readonly number[]): (place: number) => boolean {
  const { entities } = graph;
  const labels = new Map<string, number[]>();
  for (const place of liked) {
    const fold = foldLabel(entities.labelOf(place));
    labels.set(fold, [...(labels.get(fold) ?? []), place]);
  }
  return (place) => {
    const namesakes = labels.get(foldLabel(entities.labelOf(place))) ?? [];
    return namesakes.some((other) => {
      const distance = Math.abs((entities.years[place] as number) - (entities.years[other] as number));
      return Number.isNaN(distance) || distance <= 1;
    });
  };
}
