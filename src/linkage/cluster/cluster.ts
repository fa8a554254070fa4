import { wholeNumbers } from "../../base/index.ts";
import type { Table } from "../../columns/index.ts";
import { type Model, settleWeights } from "../classify/index.ts";
import { entitiesTable, pairsTable } from "./clustering-tables.ts";
import { ConstrainedUnion } from "./constrained-union.ts";
import type { Decision } from "./decision.ts";
import { judgePairs } from "./judge-pairs.ts";
import { type NumberedRecords, numberRecords, type SourceRecords } from "./numbered-records.ts";
import { liftTrusted, orderPairs } from "./ordered-pairs.ts";
import { outcomesOf } from "./record-outcomes.ts";
import { splitWeakLinks } from "./split-weak-links.ts";
import type { Distrusted } from "./trusted-identifiers.ts";

/** What clustering is made of. */
export interface ClusterInput {
  /** What `scoreShard` gave for every shard, in any order. */
  readonly scored: readonly Table[];
  readonly records: readonly SourceRecords[];
  readonly model: Model;
  readonly decisions?: readonly Decision[];
}

/** What became of every scored pair and every record. */
export interface Clustering {
  /**
   * The scored columns, with `competition` and `calibration` (in the weight already), `outcome` (match, review, rejected) and
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

/**
 * Joins matching pairs into entities, the surest first. Groups keep their constraints, so a pair that would break one is not a
 * match but goes to review. Pairs that share a trusted identifier go before all others. Where sources are free of duplicates an entity takes one record of each. Entities that a weak
 * link holds together against pairs that differ are cut there.
 */
export function cluster(input: ClusterInput): Clustering {
  const { settings } = input.model;
  const records = numberRecords(input.records, settings);
  const weighed = settleWeights(input.scored, input.model);
  const pairs = liftTrusted(orderPairs([weighed], records, settings), records, settings);
  const union = new ConstrainedUnion(records);
  const { held, apart, refused } = applyDecisions(union, input.decisions ?? [], records);
  const judged = judgePairs({ pairs, records, union, settings });
  const group = wholeNumbers(records.source.length).map((record) => union.find(record));
  splitWeakLinks({ pairs, judged, group, held, settings });
  const pairNumber = (a: number, b: number): number => Math.min(a, b) * group.length + Math.max(a, b);
  const decidedApart = new Set(apart.map(([left, right]) => pairNumber(left, right)));
  const settled = (i: number): boolean =>
    decidedApart.has(pairNumber(pairs.left[i] as number, pairs.right[i] as number));
  return {
    pairs: pairsTable(pairs, judged),
    entities: entitiesTable(group, outcomesOf(pairs, judged, group, settled), records, settings),
    refusedDecisions: refused,
    distrusted: records.trusted.distrusted,
  };
}

type RecordPair = readonly [left: number, right: number];

/** What people decided: the pairs joined, those kept apart, and the decisions that cannot be kept. */
interface Applied {
  readonly held: RecordPair[];
  readonly apart: RecordPair[];
  readonly refused: Decision[];
}

function applyDecisions(union: ConstrainedUnion, decisions: readonly Decision[], records: NumberedRecords): Applied {
  const applied: Applied = { held: [], apart: [], refused: [] };
  // What is the same is joined before what is different is kept apart, so that a chain of both is seen whole.
  for (const kind of ["same", "different"] as const) {
    for (const decision of decisions.filter((one) => one.kind === kind)) {
      const left = records.recordOf(decision.left.source, decision.left.id);
      const right = records.recordOf(decision.right.source, decision.right.id);
      const kept = left !== undefined && right !== undefined && left !== right && keep(kind, left, right);
      if (kept) applied[kind === "same" ? "held" : "apart"].push([left, right]);
      else applied.refused.push(decision);
    }
  }
  return applied;

  function keep(kind: Decision["kind"], left: number, right: number): boolean {
    if (kind === "different") return union.keepApart(left, right);
    if (union.refusal(left, right, false) !== null) return false;
    union.join(left, right);
    return true;
  }
}
