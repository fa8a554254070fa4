import { countLinkage } from "../diff/count-linkage.ts";
import type { LinkageDiff } from "../diff/diff-linkages.ts";
import type { Figures } from "./figures.ts";

/** The figures of a linkage beside the one that is published. */
export function changedLinkageFigures({ before, after, records, pairs, entities }: LinkageDiff): Figures {
  const changesOf = (change: string): number => entities.find((each) => each.change === change)?.changes ?? 0;
  return {
    records: after.records,
    recordsNew: records.new,
    recordsLost: records.lost,
    matches: after.matches,
    matchesNew: pairs.new,
    matchesLost: pairs.lost,
    matchesLostShare: before.matches === 0 ? 0 : pairs.lost / before.matches,
    entities: after.entities,
    entitiesMerged: changesOf("merged"),
    entitiesSplit: changesOf("split"),
    entitiesMoved: changesOf("moved"),
  };
}

/** The figures of the first linkage of its name: all of it is new, and nothing is lost, merged or split. */
export async function firstLinkageFigures(folder: string): Promise<Figures> {
  const { records, matches, entities } = await countLinkage(folder);
  return {
    ...{ records, recordsNew: records, recordsLost: 0 },
    ...{ matches, matchesNew: matches, matchesLost: 0, matchesLostShare: 0 },
    ...{ entities, entitiesMerged: 0, entitiesSplit: 0, entitiesMoved: 0 },
  };
}
