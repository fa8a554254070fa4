import { type ClusterScores, clusterScores } from "./cluster-scores.ts";
import { type EntityMember, groupRecords } from "./grouping.ts";
import { type CategoryScores, labelScores } from "./pair-scores.ts";
import { type Scores, scoresOf } from "./scores.ts";
import { countTrivialPairs, trivialEntities } from "./trivial-groups.ts";
import { type TrivialRecord, trivialMatcher } from "./trivial-rule.ts";
import { clusterFinder, recordKey, type Truth } from "./truth.ts";

/** How good the trivial rule is, figure by figure beside a linkage. */
export interface TrivialEvaluation extends Scores {
  /** Of the entities that the rule's pairs make when joined; null for labelled pairs. */
  readonly bCubed: ClusterScores["bCubed"] | null;
  readonly exactEntities: ClusterScores["exactEntities"] | null;
  readonly byCategory: readonly CategoryScores[];
}

/** Measures the trivial rule over the same records and truth as a linkage; `members` are all records, whatever their entity. */
export function evaluateTrivial(
  records: readonly TrivialRecord[],
  members: readonly EntityMember[],
  truth: Truth,
  dedupe: boolean,
): TrivialEvaluation {
  if (truth.kind === "pairs") {
    const { pairs, byCategory } = labelScores(truth.pairs, trivialMatcher(records, dedupe));
    return { ...pairs, bCubed: null, exactEntities: null, byCategory };
  }
  const clusterOf = clusterFinder(truth);
  const entityByRecord = trivialEntities(records, dedupe);
  const joined = members.map((member) => {
    const key = recordKey(member);
    return { source: member.source, id: member.id, entity: entityByRecord.get(key) ?? key };
  });
  const { pairs, bCubed, exactEntities } = clusterScores(groupRecords(joined, clusterOf), dedupe);
  const { found, right } = countTrivialPairs(records, clusterOf, dedupe);
  const all = pairs.truePositives + pairs.falseNegatives;
  return { ...scoresOf(right, found - right, all - right), bCubed, exactEntities, byCategory: [] };
}
