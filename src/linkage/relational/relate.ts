import type { OpenClustering } from "../cluster/index.ts";
import { levelWeights } from "./level-weights.ts";
import { sharedPeople } from "./shared-people.ts";
import { type BothTypes, sharedWorks } from "./shared-works.ts";

/** What related records add to the weights of the pairs of both types, by row. */
export interface Related {
  readonly works: Float64Array;
  readonly people: Float64Array;
}

/**
 * Lets matches of people speak for pairs of works that name them, and matches of works for pairs of people whom they name, for
 * so many rounds. Every round judges the pairs anew by their own weight and what the round before gave, so a round can
 * take evidence back, and nothing adds up. Only what no comparison counted is evidence, and a pair is never evidence for itself
 * by way of the other type.
 *
 * I. Bhattacharya, L. Getoor, "Collective Entity Resolution in Relational Data", 2007, is the idea; the weights are those of
 * Fellegi and Sunter's model in place of its similarity.
 */
export function relate(both: BothTypes, rounds: number): Related {
  const { works, people, relations } = both;
  const related = {
    works: new Float64Array(works.pairs.left.length),
    people: new Float64Array(people.pairs.left.length),
  };
  const named = new Uint8Array(people.records.source.length);
  for (const person of relations.person) named[person] = 1;
  for (let round = 0; round < rounds; round++) {
    const matched = { works: works.judge(related.works), people: people.judge(related.people) };
    const ofPeople = sharedWorks(both, matched);
    const ofWorks = sharedPeople(both, matched, ofPeople);
    const levels = Uint8Array.from(ofPeople.telling, (one) => (one >= 1 ? 2 : one > 0 ? 1 : 0));
    const eligible = Uint8Array.from(
      people.pairs.left,
      (one, pair) => (named[one] as number) & (named[people.pairs.right[pair] as number] as number),
    );
    weigh(related.people, levels, eligible, people.pairs);
    weigh(related.works, ofWorks.level, ofWorks.eligible, works.pairs);
  }
  return related;
}

function weigh(
  into: Float64Array,
  levels: Uint8Array,
  eligible: Uint8Array,
  { weight, order }: OpenClustering["pairs"],
): void {
  const weights = levelWeights(levels, eligible, weight, order);
  for (let pair = 0; pair < into.length; pair++) into[pair] = weights[levels[pair] as 0 | 1 | 2];
}
