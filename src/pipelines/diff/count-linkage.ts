import { openLinkage } from "../linkage/published-linkage.ts";
import type { DiffedLinkage } from "./diff-linkages.ts";
import { numberRecords } from "./joint-records.ts";
import { readKeptPairs } from "./kept-pairs.ts";

/** One published linkage in the numbers that a diff has for each of two. @throws what `openLinkage` does */
export async function countLinkage(directory: string): Promise<DiffedLinkage> {
  const published = await openLinkage(directory);
  const records = await numberRecords(published);
  const { matchCount: matches } = await readKeptPairs(published, records);
  const { recordCount, entityCount } = records;
  return { directory, run: published.run, records: recordCount, matches, entities: entityCount };
}
