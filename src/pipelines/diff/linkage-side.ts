import { beyondParts, type PairState, weightOf, weightParts } from "../../linkage/index.ts";
import { decidedPairs } from "../decisions/decided-pairs.ts";
import type { RecordName } from "../explain/explain-records.ts";
import type { PublishedLinkage } from "../linkage/published-linkage.ts";
import { type JointRecords, jointRecords } from "./joint-records.ts";
import { type KeptPairs, type LinkedType, readKeptPairs } from "./kept-pairs.ts";
import type { UnkeptPair } from "./unkept-pairs.ts";

/** One of the two linkages, with its pairs over the joint numbering. */
export interface LinkageSide {
  readonly published: PublishedLinkage;
  readonly pairs: KeptPairs;
  /** The entity of each record; -1 where the linkage does not have it. */
  readonly entityOf: Int32Array;
  readonly entities: readonly string[];
  readonly decisionOf: (left: RecordName, right: RecordName) => "same" | "different" | undefined;
}

/** Opens both sides over one numbering of their records. */
export async function openSides(
  before: PublishedLinkage,
  after: PublishedLinkage,
  withPeople: boolean,
): Promise<{ readonly joint: JointRecords; readonly before: LinkageSide; readonly after: LinkageSide }> {
  const joint = await jointRecords(before, after, withPeople);
  const side = async (published: PublishedLinkage): Promise<Omit<LinkageSide, "entityOf" | "entities">> => ({
    published,
    pairs: await readKeptPairs(published, joint),
    decisionOf: decidedPairs(published.params.decisions),
  });
  return {
    joint,
    before: { ...(await side(before)), entityOf: joint.entityBefore, entities: joint.entitiesBefore },
    after: { ...(await side(after)), entityOf: joint.entityAfter, entities: joint.entitiesAfter },
  };
}

/** A pair as one side sees it. */
export interface SidePair {
  /** Its place among the kept pairs; -1 where it is not among them. */
  readonly place: number;
  readonly left: RecordName;
  readonly right: RecordName;
  /** Whether the side has both records. */
  readonly isThere: boolean;
  readonly entityType: string;
  /** What was found where the side did not keep the pair; undefined where nobody looked. */
  readonly unkept: UnkeptPair | undefined;
}

/** How a pair stands on a side. */
export function stateOf(side: LinkageSide, pair: SidePair): PairState {
  const { pairs } = side;
  const { place } = pair;
  const decision = side.decisionOf(pair.left, pair.right) ?? null;
  if (place < 0) {
    const { threshold = 0.5 } = typeNamed(pairs, pair.entityType)?.model.settings ?? {};
    const found: Pick<UnkeptPair, "weight" | "parts"> = pair.unkept ?? { weight: null, parts: [] };
    return {
      ...found,
      standing: pair.isThere ? (pair.unkept?.standing ?? "unread") : "absent",
      isMatch: false,
      reason: "",
      thresholdWeight: weightOf(threshold),
      decision,
    };
  }
  const { model } = pairs.types[pairs.type[place] as number] as LinkedType;
  const weight = pairs.weight[place] as number;
  const beyond = Object.fromEntries(beyondParts.map((name) => [name, pairs.beyond[name][place] as number]));
  const weighed = { beyond, rule: pairs.rule[place] as number, pattern: pairs.pattern[place] as number, weight };
  return {
    standing: "kept",
    isMatch: pairs.isMatch[place] === 1,
    reason: pairs.reasonOf(place),
    weight,
    thresholdWeight: weightOf(model.settings.threshold),
    decision,
    parts: weightParts(model, weighed),
  };
}

function typeNamed(pairs: KeptPairs, entityType: string): LinkedType | undefined {
  return pairs.types.find((type) => type.entityType === entityType);
}
