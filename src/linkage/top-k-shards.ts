import type { RecordBatch } from "../records/index.ts";
import { type FoundRows, keysOfPairs, PairParts, searchedSources, topKRules, TopKSearch } from "./blocking/index.ts";
import type { LinkageSettings } from "./settings.ts";
import type { ShardPart } from "./shard-part.ts";

/** Records of one source that are looked up together, and make one shard: it bounds a task and changes no result. */
const lookedUpMax = 200_000;

/** Some consecutive batches of one source that are looked up together. */
export interface TopKPiece<Batch> {
  readonly source: string;
  readonly batches: readonly Batch[];
}

/** Cuts the sources into pieces to look up; none where no rule has `topK`, or a source has nothing to be looked up in. */
export function topKPieces<Batch>(
  settings: LinkageSettings,
  batchesOf: (source: string) => readonly Batch[],
  rowCountOf: (batch: Batch) => number,
): TopKPiece<Batch>[] {
  if (topKRules(settings).length === 0) return [];
  return settings.sources.flatMap((source) => {
    if (searchedSources(settings, source).length === 0) return [];
    const pieces: Batch[][] = [];
    let room = 0;
    for (const batch of batchesOf(source)) {
      if (rowCountOf(batch) === 0) continue;
      if (room <= 0) {
        pieces.push([]);
        room = lookedUpMax;
      }
      (pieces.at(-1) as Batch[]).push(batch);
      room -= rowCountOf(batch);
    }
    return pieces.map((batches) => ({ source, batches }));
  });
}

/** The first rule with `topK`: shards of pieces make the pairs from this rule on. */
export function firstTopKRule(settings: LinkageSettings): number {
  return topKRules(settings)[0]?.rule ?? settings.rules.length;
}

/**
 * Looks a piece up and gives the parts of its shard, in the order of the settings' sources: the records of its pairs with
 * all their keys. Written as passes: each value yielded is a source whose batches are to be handed to `take`, in their
 * order, so that whoever drives it may read them from memory or from files.
 */
export class TopKShard {
  readonly #piece: TopKPiece<RecordBatch>;
  readonly #settings: LinkageSettings;
  #take: (batch: RecordBatch) => void = () => {};
  readonly #parts: ShardPart[] = [];

  constructor(piece: TopKPiece<RecordBatch>, settings: LinkageSettings) {
    this.#piece = piece;
    this.#settings = settings;
  }

  /** Takes a batch of the source that was asked for last. */
  take(batch: RecordBatch): void {
    this.#take(batch);
  }

  /** The sources to be read, one after the other. */
  *passes(): Generator<string> {
    const found: FoundRows[] = [];
    for (const source of searchedSources(this.#settings, this.#piece.source)) {
      const searches = topKRules(this.#settings).map(({ rule, topK }) => ({
        rule,
        search: new TopKSearch(this.#piece.batches, topK, source === this.#piece.source),
      }));
      this.#take = (batch) => {
        for (const { search } of searches) search.count(batch);
      };
      yield source;
      this.#take = (batch) => {
        for (const { search } of searches) search.search(batch);
      };
      yield source;
      for (const { rule, search } of searches)
        found.push({ rule, source: this.#settings.sources.indexOf(source), best: search.finish() });
    }
    yield* this.#collect(found);
  }

  /** The parts, once all passes are over. */
  get parts(): readonly ShardPart[] {
    return this.#parts;
  }

  *#collect(found: readonly FoundRows[]): Generator<string> {
    const { sources } = this.#settings;
    const pairKeys = keysOfPairs(this.#piece.batches, sources.indexOf(this.#piece.source), found, sources.length);
    for (const [at, source] of sources.entries()) {
      const pairs = pairKeys[at];
      if (pairs === undefined || pairs.rows.length === 0) continue;
      const parts = new PairParts(pairs, this.#settings);
      this.#take = (batch) => parts.add(batch);
      yield source;
      this.#parts.push(...parts.parts);
    }
  }
}
