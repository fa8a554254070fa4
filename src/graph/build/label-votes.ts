import { GrowingInt32 } from "../../columns/index.ts";
import { cutText, maxAlternativeLabels, maxLabelLength } from "../limits.ts";
import { sortRows, textRanks } from "./sort-rows.ts";
import { TextPool } from "./text-pool.ts";

/** The labels chosen from the votes. */
export interface Labels {
  /** Every entity's label, as a spelling; -1 where nothing names it. */
  readonly labels: Int32Array;
  /** Entity `e` is also called `alternatives[offsets[e]]` up to `alternatives[offsets[e + 1]]`. */
  readonly offsets: Int32Array;
  readonly alternatives: Int32Array;
}

/** Collects how sources spell the names of entities; the most common spelling becomes the label. */
export class LabelVotes {
  readonly #spellings = new TextPool();
  readonly #entities = new GrowingInt32();
  readonly #votes = new GrowingInt32();
  readonly #sources = new GrowingInt32();
  readonly #alternativeOnly = new GrowingInt32();

  /** The spellings by code. */
  get spellings(): readonly string[] {
    return this.#spellings.texts;
  }

  /** The code of a spelling, cut to {@link maxLabelLength}. */
  spelling(text: string): number {
    return this.#spellings.codeOf(cutText(text, maxLabelLength));
  }

  /** One source's word for an entity; `alternativeOnly` when it is another name and not the name. */
  add(entity: number, spelling: number, source: number, alternativeOnly: boolean): void {
    this.#entities.push(entity);
    this.#votes.push(spelling);
    this.#sources.push(source);
    this.#alternativeOnly.push(alternativeOnly ? 1 : 0);
  }

  /** Chooses: most votes, then the source named first, then the order of the texts. Other spellings are alternatives. */
  choose(entityCount: number): Labels {
    const candidates = this.#count();
    const order = sortRows(candidates.length, [
      candidates.entities,
      candidates.sortedVotes,
      candidates.firstSources,
      candidates.textRanks,
    ]);
    return pickLabels(entityCount, candidates, order);
  }

  #count(): Candidates {
    const entities = this.#entities.toArray();
    const votes = this.#votes.toArray();
    const sources = this.#sources.toArray();
    const weak = this.#alternativeOnly.toArray();
    const order = sortRows(entities.length, [entities, votes, sources]);
    const ranks = textRanks(this.spellings);
    const found = newCandidates();
    let last = -1;
    let count = 0;
    for (const row of order) {
      if (last === -1 || entities[row] !== entities[last] || votes[row] !== votes[last]) {
        if (last !== -1) found.counts.push(count);
        found.entities.push(entities[row] as number);
        found.spellings.push(votes[row] as number);
        found.sources.push(sources[row] as number);
        found.ranks.push(ranks[votes[row] as number] as number);
        count = 0;
      }
      count += 1 - (weak[row] as number);
      last = row;
    }
    if (last !== -1) found.counts.push(count);
    return finishCandidates(found);
  }
}

interface Candidates {
  readonly length: number;
  readonly entities: Int32Array;
  readonly spellings: Int32Array;
  readonly counts: Int32Array;
  /** Turned about, so that more votes sort first. */
  readonly sortedVotes: Int32Array;
  readonly firstSources: Int32Array;
  readonly textRanks: Int32Array;
}

function newCandidates() {
  return {
    entities: new GrowingInt32(),
    spellings: new GrowingInt32(),
    sources: new GrowingInt32(),
    ranks: new GrowingInt32(),
    counts: new GrowingInt32(),
  };
}

function finishCandidates(found: ReturnType<typeof newCandidates>): Candidates {
  const counts = found.counts.toArray();
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  return {
    length: counts.length,
    entities: found.entities.toArray(),
    spellings: found.spellings.toArray(),
    counts,
    sortedVotes: counts.map((count) => most - count),
    firstSources: found.sources.toArray(),
    textRanks: found.ranks.toArray(),
  };
}

function pickLabels(entityCount: number, candidates: Candidates, order: Int32Array): Labels {
  const labels = new Int32Array(entityCount).fill(-1);
  const offsets = new Int32Array(entityCount + 1);
  const alternatives = new GrowingInt32();
  let at = 0;
  for (let entity = 0; entity < entityCount; entity++) {
    const first = alternatives.length;
    for (; at < order.length && candidates.entities[order[at] as number] === entity; at++) {
      const spelling = candidates.spellings[order[at] as number] as number;
      if (labels[entity] === -1) labels[entity] = spelling;
      else if (alternatives.length - first < maxAlternativeLabels) alternatives.push(spelling);
    }
    offsets[entity + 1] = alternatives.length;
  }
  return { labels, offsets, alternatives: alternatives.toArray() };
}
