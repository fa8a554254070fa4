import type { Column } from "../../columns/index.ts";
import { type Comparison, nullLevel, type PairComparer } from "./contract.ts";
import { foldText } from "./fold.ts";
import { keyLists } from "./key-lists.ts";

const level = { none: 1, some: 2, half: 3, all: 4 } as const;
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
  ],
  ascending: [1, 2, 3, 4],
  agreesFrom: level.half,
  disagreesUpTo: level.none,
  classes: true,
  prepare: prepareSets,
};

function prepareSets(column: Column): PairComparer {
  const lists = keyLists(column, membersMax, (text) =>
    foldText(text.slice(0, charactersMax))
      .split(" ")
      .filter((word) => word !== "" && !fillers.has(word)),
  );
  return (left, right) => {
    const a = lists.at(left);
    const b = lists.at(right);
    const smaller = Math.min(a.keys.length, b.keys.length);
    if (smaller === 0) return nullLevel;
    const shared = lists.overlap(a, b).count;
    if (shared === 0) return level.none;
    if (shared === Math.max(a.keys.length, b.keys.length)) return level.all;
    return shared * 2 >= smaller ? level.half : level.some;
  };
}
