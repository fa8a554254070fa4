import type { Column } from "../../columns/index.ts";
import { type CompareContext, type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { keyLists } from "./key-lists.ts";
import { isRare, rarityWeigher } from "./rarity.ts";

const level = { none: 1, similar: 2, someCommon: 3, someRare: 4, most: 5, mostRare: 6 } as const;

/** Members of one list that are compared; lists name the leading ones first. */
const membersMax = 64;

/** How the levels of a list are told in words. */
interface ListWords {
  readonly none: string;
  readonly similar: string;
  /** As in "a few in common, who are in many records". */
  readonly members: string;
}

/** The levels of lists whose members are evidence by how rare they are: people, works. */
export function sharedListLevels({
  none,
  similar,
  members,
}: ListWords): Pick<Comparison, "levels" | "ascending" | "agreesFrom" | "disagreesUpTo"> {
  return {
    levels: [
      { label: none, m: 0.03, u: 0.85, weightMax: -0.5 },
      { label: similar, m: 0.04, u: 0.01 },
      { label: `a few in common, ${members} in many records`, m: 0.03, u: 0.05 },
      { label: `a few in common, ${members} in few records`, m: 0.1, u: 0.03 },
      { label: `most in common, ${members} in many records`, m: 0.2, u: 0.04 },
      { label: `most in common, ${members} in few records`, m: 0.6, u: 0.02 },
    ],
    ascending: [1, 3, 4, 6],
    agreesFrom: level.similar,
    disagreesUpTo: level.none,
  };
}

/**
 * Compares lists by how many members they share and how rare those are.
 * @param similar says of two rows whose lists share nothing whether they are similar all the same
 */
export function prepareSharedList(
  column: Column,
  context: CompareContext,
  keysOf: (text: string) => string[],
  similar: (left: number, right: number) => boolean,
): PairComparer {
  const lists = keyLists(column, membersMax, keysOf, rarityWeigher(context));
  return (left, right) => {
    const a = lists.at(left);
    const b = lists.at(right);
    if (a.keys.length === 0 || b.keys.length === 0) return nullLevel;
    const shared = lists.overlap(a, b);
    if (shared.count === 0) return similar(left, right) ? level.similar : level.none;
    const rare = isRare(shared.weight);
    if (shared.count * 2 >= Math.min(a.keys.length, b.keys.length)) return rare ? level.mostRare : level.most;
    return rare ? level.someRare : level.someCommon;
  };
}
