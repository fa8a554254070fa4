import { diffLinkages, type LinkageDiff } from "../diff/diff-linkages.ts";
import type { Figures } from "./figures.ts";

/** The figures of a linkage beside the one that is published; of the first, nothing is lost, merged or split. */
export async function linkageFigures(diff: LinkageDiff | null, folder: string): Promise<Figures> {
  // Beside itself nothing comes or goes: what is left are its own counts.
  const { after, records, pairs, entities, before } = diff ?? (await diffLinkages(folder, folder));
  const isFirst = diff === null;
  const changesOf = (change: string): number => entities.find((each) => each.change === change)?.changes ?? 0;
  return {
    records: after.records,
    recordsNew: isFirst ? after.records : records.new,
    recordsLost: records.lost,
    matches: after.matches,
    matchesNew: isFirst ? after.matches : pairs.new,
    matchesLost: pairs.lost,
    matchesLostShare: before.matches === 0 ? 0 : pairs.lost / before.matches,
    entities: after.entities,
    entitiesMerged: changesOf("merged"),
    entitiesSplit: changesOf("split"),
    entitiesMoved: changesOf("moved"),
  };
}
