import { wholeNumbers } from "../../base/index.ts";
import { concatTables, type Table } from "../../columns/index.ts";
import { guardOf, type JudgedWeight, type Model, settleWeights } from "../classify/index.ts";
import { type AppliedDecisions, applyDecisions } from "./apply-decisions.ts";
import { entitiesTable, pairsTable } from "./clustering-tables.ts";
import { ConstrainedUnion } from "./constrained-union.ts";
import type { Decision } from "./decision.ts";
import { pairKey } from "../evaluate/index.ts";
import { type Verdict, verdictWeight } from "../judge/index.ts";
import { judgePairs } from "./judge-pairs.ts";
import type { Judgement } from "./judgement.ts";
import { type NumberedRecords, numberRecords, type SourceRecords } from "./numbered-records.ts";
import { addRelated, liftTrusted, type OrderedPairs, orderPairs, raisedBy } from "./ordered-pairs.ts";
import { outcomesOf } from "./record-outcomes.ts";
import { splitWeakLinks, type UnseenPair } from "./split-weak-links.ts";
import type { Distrusted } from "./trusted-identifiers.ts";

/** What clustering is made of. */
export interface ClusterInput {
  /** What `scoreShard` gave for every shard, in any order. */
  readonly scored: readonly Table[];
  readonly records: readonly SourceRecords[];
  readonly model: Model;
  readonly decisions?: readonly Decision[];
  /** What judges said of pairs: evidence that is added to their weights. */
  readonly verdicts?: readonly Verdict[];
}

/** What became of every scored pair and every record. */
export interface Clustering {
  /**
   * The scored columns, with `verdict`, `competition`, `guard` and `calibration` (in the weight already), `outcome` (match, review, rejected) and
   * `reason`, by left source and row, then right.
   */
  readonly pairs: Table;
  /**
   * `cluster` (from 0, by first record), `source`, `row`, `id`: every record once, by cluster, source, row; with its `outcome` (new,
   * match, review), and the row of `pairs` that tells why: -1 where there is none.
   */
  readonly entities: Table;
  /** Decisions that could not be kept, since they contradict others or name no record. */
  readonly refusedDecisions: readonly Decision[];
  /** Values of trusted identifiers that too many records of one source have, most records first. */
  readonly distrusted: readonly Distrusted[];
}

/** Pairs that were judged, and the group of each record. */
export interface JudgedPairs {
  readonly pairs: OrderedPairs;
  /** By row of the pairs. */
  readonly judged: readonly Judgement[];
  /** Records with one number here share an entity. */
  readonly group: Int32Array;
}

/** What was joined and may still be cut. */
export interface JoinedPairs extends JudgedPairs {
  readonly judged: Judgement[];
  readonly decided: AppliedDecisions;
}

/**
 * Joins matching pairs into entities, the surest first. Groups keep their constraints, so a pair that would break one is not a
 * match but goes to review. Pairs that share a trusted identifier go before all others. Where sources are free of duplicates
 * an entity takes one record of each. Entities that a weak link holds together against pairs that differ are cut there.
 */
export function cluster(input: ClusterInput): Clustering {
  const open = new OpenClustering(input);
  return open.finish(open.join());
}

/** The records and pairs of one entity type, ready to be clustered, also again with evidence that matches of another type give. */
export class OpenClustering {
  readonly model: Model;
  readonly records: NumberedRecords;
  /** Pairs with the weight that they have by themselves. */
  readonly pairs: OrderedPairs;
  readonly #scored: Table;
  readonly #decisions: readonly Decision[];

  readonly #verdicts: ReadonlyMap<string, JudgedWeight>;

  constructor({ model, records, scored, decisions = [], verdicts = [] }: ClusterInput) {
    this.model = model;
    this.records = numberRecords(records, model.settings);
    this.#scored = concatTables([...scored]);
    this.#verdicts = judgedWeights(verdicts);
    const weighed = settleWeights([this.#scored], model, this.#verdicts);
    this.pairs = orderPairs([weighed], this.records, model.settings);
    this.#decisions = decisions;
  }

  /**
   * Judges all pairs and joins what matches; no entity is cut yet.
   * @param related what related records add to the weight of each pair, by row
   */
  join(related?: Float64Array): JoinedPairs {
    const { records, model } = this;
    const { settings } = model;
    // Rivals compete with what related records say of them.
    const added =
      related === undefined
        ? this.pairs
        : addRelated(
            this.pairs,
            related,
            settleWeights([raisedBy(this.#scored, related)], model, this.#verdicts, related),
          );
    const pairs = liftTrusted(added, records, settings);
    const union = new ConstrainedUnion(records);
    const decided = applyDecisions(union, this.#decisions, records);
    const judged = judgePairs({ pairs, records, union, settings, guard: guardOf(model) });
    const group = wholeNumbers(records.source.length).map((record) => union.find(record));
    return { pairs, judged, group, decided };
  }

  /** Judges all pairs, joins what matches and cuts what hangs by a weak link. */
  judge(related?: Float64Array): JudgedPairs {
    return this.#cut(this.join(related), []);
  }

  #cut(joined: JoinedPairs, unseen: readonly UnseenPair[]): JoinedPairs {
    splitWeakLinks({ ...joined, held: joined.decided.held, unseen, settings: this.model.settings });
    return joined;
  }

  /**
   * Cuts what was joined at weak links, and tells what became of every pair and record.
   * @param unseen what pairs of {@link unseenPairs} weigh, of those that were compared
   */
  finish(joined: JoinedPairs, unseen: readonly UnseenPair[] = []): Clustering {
    const { records, model } = this;
    const { pairs, judged, group, decided } = this.#cut(joined, unseen);
    const pairNumber = (a: number, b: number): number => Math.min(a, b) * group.length + Math.max(a, b);
    const decidedApart = new Set(decided.apart.map(([left, right]) => pairNumber(left, right)));
    const settled = (i: number): boolean =>
      decidedApart.has(pairNumber(pairs.left[i] as number, pairs.right[i] as number));
    return {
      pairs: pairsTable(pairs, judged),
      entities: entitiesTable(group, outcomesOf(pairs, judged, group, settled), records, model.settings),
      refusedDecisions: decided.refused,
      distrusted: records.trusted.distrusted,
    };
  }
}

function judgedWeights(verdicts: readonly Verdict[]): Map<string, JudgedWeight> {
  return new Map(
    verdicts.map((verdict) => [pairKey(verdict), { weight: verdictWeight(verdict), judge: verdict.judge }]),
  );
}
