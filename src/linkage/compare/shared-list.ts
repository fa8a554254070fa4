import type { Column } from "../../columns/index.ts";
import { type CompareContext, type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { type KeyLists, keyLists } from "./prepare.ts";

const level = { none: 1, similar: 2, someCommon: 3, someRare: 4, most: 5, mostRare: 6 } as const;

/** Members of one list that are compared; lists name the leading ones first. */
const membersMax = 64;
/** A shared member carries log2(records / its frequency) bits; lists that share this much are not alike by chance. */
const rareBits = 9;

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
 * @param similarTo makes a test for lists that share nothing, once the members are numbered
 */
export function prepareSharedList(
  column: Column,
  context: CompareContext,
  keysOf: (text: string) => string[],
  similarTo: (lists: KeyLists) => (left: number, right: number) => boolean,
): PairComparer {
  const lists = keyLists(column, membersMax, keysOf);
  const bits = Float64Array.from(lists.texts, (key) =>
    Math.log2(Math.max(context.recordCount, 2) / context.frequency(key)),
  );
  const isSimilar = similarTo(lists);
  return (left, right) => {
    const sizeA = (lists.offsets[left + 1] as number) - (lists.offsets[left] as number);
    const sizeB = (lists.offsets[right + 1] as number) - (lists.offsets[right] as number);
    if (sizeA === 0 || sizeB === 0) return nullLevel;
    const shared = sharedMembers(lists, left, right, bits);
    if (shared.count === 0) return isSimilar(left, right) ? level.similar : level.none;
    const rare = shared.bits >= rareBits;
    if (shared.count * 2 >= Math.min(sizeA, sizeB)) return rare ? level.mostRare : level.most;
    return rare ? level.someRare : level.someCommon;
  };
}

const found = { count: 0, bits: 0 };

function sharedMembers(lists: KeyLists, left: number, right: number, bits: Float64Array): typeof found {
  found.count = 0;
  found.bits = 0;
  let a = lists.offsets[left] as number;
  let b = lists.offsets[right] as number;
  const endA = lists.offsets[left + 1] as number;
  const endB = lists.offsets[right + 1] as number;
  while (a < endA && b < endB) {
    const keyA = lists.keys[a] as number;
    const keyB = lists.keys[b] as number;
    if (keyA === keyB) {
      found.count++;
      found.bits += bits[keyA] as number;
    }
    if (keyA <= keyB) a++;
    if (keyB <= keyA) b++;
  }
  return found;
}
