import type { TaskBlobs } from "../../flow/index.ts";
import {
  explainPair,
  type JoinedPairs,
  type OpenClustering,
  type UnseenPair,
  unseenPairs,
} from "../../linkage/index.ts";
import type { LinkageState } from "./linkage-state.ts";
import { pairTable } from "./pair-table.ts";
import { findRecords, type PlainRecord } from "./read-records.ts";
import type { ScoredType } from "./scored.ts";
import { getFrozen } from "./stored-counts.ts";

/**
 * Weighs again the pairs of an entity that were compared and found too unlikely to be kept: they are the strongest that can speak
 * against its being one. What no rule made was never compared, and is left out.
 */
export async function weighUnseen(
  blobs: TaskBlobs,
  { sources, type }: Pick<LinkageState, "sources"> & { readonly type: ScoredType },
  open: OpenClustering,
  joined: JoinedPairs,
): Promise<UnseenPair[]> {
  const pairs = unseenPairs(joined);
  if (pairs.length === 0) return [];
  const { records, model } = open;
  const nameOf = (record: number) => {
    return {
      source: model.settings.sources[records.source[record] as number] as string,
      id: records.ids.dictionary.get(records.ids.ids[record] as number),
    };
  };
  const found = new Map<string, PlainRecord>();
  for (const record of await findRecords(blobs, { sources }, pairs.flat().map(nameOf)))
    found.set(JSON.stringify([record.source, record.id]), record);
  const frozen = await getFrozen(blobs, type.frozen);
  return pairs.flatMap(([left, right]): UnseenPair[] => {
    const both = [left, right].map((record) => {
      const { source, id } = nameOf(record);
      return found.get(JSON.stringify([source, id])) as PlainRecord;
    });
    const { rule, weight } = explainPair(pairTable(both, model.settings.fields), model, frozen);
    return rule === null ? [] : [{ left, right, weight }];
  });
}
