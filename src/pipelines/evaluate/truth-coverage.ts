import { KindredError } from "../../base/index.ts";
import { type EntityMember, recordKey, type Truth } from "../../linkage/index.ts";

/** How far a truth and a linkage speak of the same records. */
export interface TruthCoverage {
  /** Records of the linked sources that the truth names, and how many of them the linkage does not have. */
  readonly recordsNamed: number;
  readonly recordsUnknown: number;
  /** Linked sources that whole clusters never name: all that was merged with their records counts as wrong. */
  readonly sourcesWithoutTruth: readonly string[];
}

/**
 * Looks the records of a truth up among those that were linked.
 * @throws not-found when the linkage has none of them, which a wrong column of ids would cause
 */
export function coverageOf(
  truth: Truth,
  members: readonly EntityMember[],
  sources: readonly string[],
  file: string,
): TruthCoverage {
  const known = new Set(members.map(recordKey));
  const named =
    truth.kind === "clusters"
      ? new Set(truth.clusterByRecord.keys())
      : new Set(truth.pairs.flatMap(({ left, right }) => [recordKey(left), recordKey(right)]));
  const unknown = [...named].filter((key) => !known.has(key));
  if (named.size > 0 && unknown.length === named.size) {
    const [source, id] = (unknown[0] as string).split("\u0000");
    const linked = members.find((member) => member.source === source);
    throw new KindredError("not-found", {
      seen: `no record of the truth was linked, such as ${source}/${id}`,
      expected: linked ? `ids such as ${linked.source}/${linked.id}` : "ids of the linked records",
      hint: "Link with the column of ids that the truth has (--id)",
      where: { file },
    });
  }
  const spokenOf = new Set([...named].map((key) => key.split("\u0000")[0]));
  return {
    recordsNamed: named.size,
    recordsUnknown: unknown.length,
    sourcesWithoutTruth: truth.kind === "clusters" ? sources.filter((source) => !spokenOf.has(source)) : [],
  };
}
