import { hash53 } from "../../src/base/index.ts";
import { type Half, halfOf } from "../../src/linkage/index.ts";
import { classified } from "./classified-pairs.ts";
import { readRows } from "./film-catalogues.ts";
import { filmGroups } from "./film-groups.ts";

/** Columns of hard-movies that say which records are one film. Category and number of a pair are no columns of a record. */
const truthColumns = ["id", "source", "imdb_id"];
const foldCount = 5;
const seed = 41;

/** A pair of hard-movies with the probability by a model that has seen none of its films. */
export interface FoldedPair {
  readonly row: Readonly<Record<string, string>>;
  readonly match: boolean;
  readonly probability: number;
  readonly group: string;
}

/** The labelled pairs of hard-movies, five-fold, each fold classified by what the others teach; no film is in two folds. */
export async function classifyHardMovies(
  half: Half | "all",
  context = true,
): Promise<{ pairs: FoldedPair[]; cpuSeconds: number }> {
  const isIn = (film: string): boolean => half === "all" || halfOf(film) === half;
  const rows = readRows("hard-movies/hard_movies.csv").filter((row) => filmsOf(row).every(isIn));
  const groups = filmGroups(rows.map(filmsOf));
  const foldOf = groups.map((group) => hash53(group, seed) % foldCount);
  const pairs: FoldedPair[] = [];
  let cpuSeconds = 0;
  for (let fold = 0; fold < foldCount; fold++) {
    const test = [...rows.keys()].filter((i) => foldOf[i] === fold);
    const train = rows.filter((_, i) => foldOf[i] !== fold);
    const found = await classified({
      train,
      test: test.map((i) => rows[i] as Record<string, string>),
      ignore: truthColumns,
      context,
    });
    cpuSeconds += found.cpuSeconds;
    test.forEach((i, place) => {
      const row = rows[i] as Record<string, string>;
      const probability = found.probabilities[place] as number;
      pairs.push({ row, match: row.label === "1", probability, group: groups[i] as string });
    });
  }
  return { pairs, cpuSeconds };
}

/** The films of both records; a record without an IMDb id is its own film. */
function filmsOf(row: Readonly<Record<string, string>>): [string, string] {
  const film = (side: string): string => row[`${side}_imdb_id`] || `${row[`${side}_source`]}:${row[`${side}_id`]}`;
  return [film("left"), film("right")];
}
