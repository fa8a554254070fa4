import type { Column } from "../../columns/index.ts";
import { type CompareContext, type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { foldText } from "./fold.ts";
import { keyLists } from "./key-lists.ts";
import { isRare, rarityWeigher } from "./rarity.ts";

const level = { none: 1, some: 2, half: 3, all: 4, rare: 5 } as const;
const membersMax = 64;
/** Text of one member beyond this is not looked at. */
const charactersMax = 1024;
/** Words that catalogues add to a class without meaning more by it: "Romantic Movies" is Romantic. */
const fillers = new Set(["movies", "movie", "film", "films", "tv", "shows", "show", "series", "and"]);

/**
 * Compares sets of classes, such as genres or countries. Catalogues sort by different vocabularies, so a partial
 * overlap never speaks against a match; none at all may.
 */
export const setComparison: Comparison = {
  levels: [
    { label: "nothing in common", m: 0.08, u: 0.45, weightMax: 0 },
    { label: "something in common", m: 0.12, u: 0.2, weightMin: 0 },
    { label: "half in common", m: 0.3, u: 0.2, weightMin: 0 },
    { label: "all in common", m: 0.5, u: 0.15, weightMin: 0, weightMax: 6 },
    { label: "half or more in common, which are in few records", m: 0.3, u: 0.01, weightMin: 0, weightMax: 10 },
  ],
  ascending: [1, 2, 3, 4, 5],
  agreesFrom: level.half,
  disagreesUpTo: level.none,
  classes: true,
  valueKeys: wordsOfClass,
  prepare: prepareSets,
};

function wordsOfClass(text: string): string[] {
  return foldText(text.slice(0, charactersMax))
    .split(" ")
    .filter((word) => word !== "" && !fillers.has(word));
}

function prepareSets(column: Column, context: CompareContext): PairComparer {
  const lists = keyLists(column, membersMax, wordsOfClass, rarityWeigher(context));
  return (left, right) => {
    const a = lists.at(left);
    const b = lists.at(right);
    const smaller = Math.min(a.keys.length, b.keys.length);
    if (smaller === 0) return nullLevel;
    const { count: shared, weight } = lists.overlap(a, b);
    if (shared === 0) return level.none;
    if (shared * 2 >= smaller && isRare(weight)) return level.rare;
    if (shared === Math.max(a.keys.length, b.keys.length)) return level.all;
    return shared * 2 >= smaller ? level.half : level.some;
  };
}
