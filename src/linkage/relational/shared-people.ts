import type { JudgedPairs } from "../cluster/index.ts";
import { relationalDefaults } from "../defaults.ts";
import { pairFinder } from "./pair-finder.ts";
import { namedIn, type Relations, sameTitle } from "./relations.ts";
import { roleEvidence } from "./role-evidence.ts";
import { type BothTypes, matchedIn, type SharedWorks } from "./shared-works.ts";

/** What matched people say of pairs of works, by row of these pairs. */
export interface SharedPeople {
  /** A level of `level-weights.ts`: 2 where somebody is shared who has few works. */
  readonly level: Uint8Array;
  /** 1 for pairs that could share somebody: both name people in a role in which comparisons found nothing in common. */
  readonly eligible: Uint8Array;
}

/**
 * Finds the people that two works share though their names have nothing in common: what names have in common, the comparison
 * of the role counted. That the two are one person must rest on other works than these.
 */
export function sharedPeople(
  { works, people, relations }: BothTypes,
  matched: { readonly works: JudgedPairs; readonly people: JudgedPairs },
  shared: SharedWorks,
): SharedPeople {
  const { pairs } = works;
  const found = { level: new Uint8Array(pairs.left.length), eligible: new Uint8Array(pairs.left.length) };
  const said = roleEvidence(works);
  const rowOf = pairFinder(people.pairs);
  const { group } = matched.people;
  const worksOf = worksByGroup(relations, group);
  for (const row of pairs.order) {
    const [left, right] = [pairs.left[row] as number, pairs.right[row] as number];
    relations.roles.forEach((role, r) => {
      const [a, b] = [namedIn(relations, left, r), namedIn(relations, right, r)];
      if (a.length === 0 || b.length === 0 || said(row, role).agrees) return;
      found.eligible[row] = 1;
      for (const [one, other] of matchedIn(a, b, group)) {
        if (!isKnownElsewhere(row, left, right, one, other)) continue;
        const isRare = (worksOf[group[one] as number] as number) <= relationalDefaults.rareWorksMax;
        found.level[row] = Math.max(found.level[row] as number, isRare ? 2 : 1);
      }
    });
  }
  return found;

  function isKnownElsewhere(row: number, left: number, right: number, one: number, other: number): boolean {
    if (!sameTitle(relations, left, right)) return true;
    const pair = rowOf(one, other);
    if (pair === -1) return false;
    const own = matched.works.judged[row]?.outcome === "match" ? 1 : 0;
    return (shared.works[pair] as number) > own;
  }
}

/** How many works name somebody of a group, by the group's number. */
function worksByGroup({ person, starts }: Relations, group: Int32Array): Int32Array {
  const works = new Int32Array(group.length);
  const last = new Int32Array(group.length).fill(-1);
  for (let work = 0; work + 1 < starts.length; work++) {
    for (let i = starts[work] as number; i < (starts[work + 1] as number); i++) {
      const named = group[person[i] as number] as number;
      if (last[named] === work) continue;
      last[named] = work;
      works[named] = (works[named] as number) + 1;
    }
  }
  return works;
}
