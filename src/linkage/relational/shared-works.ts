import { weightOf } from "../classify/index.ts";
import type { JudgedPairs, OpenClustering } from "../cluster/index.ts";
import { pairFinder } from "./pair-finder.ts";
import { namedIn, type Relations, sameTitle, unexplained } from "./relations.ts";
import { roleEvidence } from "./role-evidence.ts";

/** What matched works say of pairs of people, by row of these pairs. */
export interface SharedWorks {
  /** Matched works that name the two in one role, whatever comparisons counted of them. */
  readonly works: Int32Array;
  /**
   * Those that no comparison counted, and that name nobody else for either of the two: each by how many people it names in
   * that role whom the other work does not name. Where one name is left over on both sides, it is of one person.
   */
  readonly telling: Float64Array;
}

/** What is needed of both types. */
export interface BothTypes {
  readonly works: OpenClustering;
  readonly people: OpenClustering;
  readonly relations: Relations;
  /** The field of people that lists the titles of their works. */
  readonly worksField: string;
}

/**
 * Finds the matched works that two people share, in one role each. A work counts as telling only where its match stands without
 * what the two names said for it, and where its titles differ: equal titles are what the comparison of works counted. Whom
 * the other work names as well is not counted either: brothers direct together, and actors of one last name play in one film.
 */
export function sharedWorks(
  both: BothTypes,
  matched: { readonly works: JudgedPairs; readonly people: JudgedPairs },
): SharedWorks {
  const { works, people, relations } = both;
  const found = {
    works: new Int32Array(people.pairs.left.length),
    telling: new Float64Array(people.pairs.left.length),
  };
  const rowOf = pairFinder(people.pairs);
  const isTelling = tellingWorks(both);
  const { group } = matched.people;
  for (const row of works.pairs.order) {
    if (matched.works.judged[row]?.outcome !== "match") continue;
    const [left, right] = [works.pairs.left[row] as number, works.pairs.right[row] as number];
    relations.roles.forEach((role, r) => {
      const [a, b] = [namedIn(relations, left, r), namedIn(relations, right, r)];
      if (a.length === 0 || b.length === 0) return;
      const [restA, restB] = [unexplained(a, b, group), unexplained(b, a, group)];
      const share = isTelling(row, role) ? 1 / Math.max(1, restA.length, restB.length) : 0;
      // Two that match already are counted too: how often matches share works is what the weight is made of.
      const matching = matchedIn(a, b, group).map(([one, other]) => rowOf(one, other));
      for (const pair of [...onlyCandidates(restA, restB, rowOf), ...matching]) {
        if (pair === -1) continue;
        found.works[pair] = (found.works[pair] as number) + 1;
        found.telling[pair] = (found.telling[pair] as number) + share;
      }
    });
  }
  return found;
}

/** Whether a matched pair of works says something of the people of a role that comparisons did not count. */
function tellingWorks({ works, people, relations, worksField }: BothTypes): (row: number, role: string) => boolean {
  const said = roleEvidence(works);
  const weightMin = weightOf(works.model.settings.threshold);
  const titlesCounted = people.model.settings.comparisons.some(({ field }) => field === worksField);
  return (row, role) => {
    if (titlesCounted && sameTitle(relations, works.pairs.left[row] as number, works.pairs.right[row] as number))
      return false;
    return (works.pairs.weight[row] as number) - Math.max(0, said(row, role).weight) >= weightMin;
  };
}

/** The kept pairs of two lists of which neither person is in another one: of two candidates it may be either. */
function onlyCandidates(
  a: readonly number[],
  b: readonly number[],
  rowOf: (one: number, other: number) => number,
): number[] {
  const rows = a.map((one) => b.map((other) => rowOf(one, other)));
  const inRow = rows.map((row) => row.filter((pair) => pair !== -1).length);
  const inColumn = b.map((_, at) => rows.filter((row) => row[at] !== -1).length);
  return rows.flatMap((row, i) => row.filter((pair, at) => pair !== -1 && inRow[i] === 1 && inColumn[at] === 1));
}

/** The people of two lists who match, as matches have it so far. */
export function matchedIn(a: readonly number[], b: readonly number[], group: Int32Array): [number, number][] {
  const byGroup = new Map(b.map((person) => [group[person], person]));
  return a.flatMap((one): [number, number][] => {
    const other = byGroup.get(group[one] as number);
    return other === undefined || other === one ? [] : [[one, other]];
  });
}
