import { sha256 } from "../base/index.ts";
import type { Draft } from "./draft.ts";
import type { SettledRecords } from "./record-list.ts";
import { compareTexts } from "./sort-rows.ts";

/** Lengths of the hash in an id, in hex digits: 10 do for a million entities, collisions take the next. */
const hashLengths = [10, 16, 32, 64];

/**
 * The id of every entity: its type and a hash of its smallest member (source and id as text), so an id stays while
 * that member stays. Vocabulary entries have their slug; people without records their folded name or the caller's key.
 */
export function entityIds(draft: Draft, types: Int32Array, records: SettledRecords): string[] {
  const seeds = idSeeds(draft, records);
  const ids: string[] = [];
  const open = new Map<string, number[]>();
  for (let entity = 0; entity < seeds.length; entity++) {
    const type = draft.codes.typeName(types[entity] as number);
    if (draft.entities.spaces[entity] === "label") {
      ids.push(`${type}:${draft.entities.keys[entity]}`);
      continue;
    }
    const hash = sha256(seeds[entity] as string);
    ids.push(`${type}:${hash}`);
    const short = `${type}:${hash.slice(0, hashLengths[0])}`;
    const holders = open.get(short);
    if (holders) holders.push(entity);
    else open.set(short, [entity]);
  }
  for (const holders of open.values()) shorten(ids, holders, 0);
  return ids;
}

/** Cuts ids to the shortest length at which all holders of one prefix differ; each of them gets the longer one. */
function shorten(ids: string[], holders: readonly number[], step: number): void {
  const cut = (id: string): string => id.slice(0, id.indexOf(":") + 1 + (hashLengths[step] as number));
  const short = new Set(holders.map((entity) => cut(ids[entity] as string)));
  if (short.size < holders.length && step + 1 < hashLengths.length) return shorten(ids, holders, step + 1);
  for (const entity of holders) ids[entity] = cut(ids[entity] as string);
}

/** What the hash is made of: the smallest member, else the key. A kind in front keeps the two apart. */
function idSeeds(draft: Draft, records: SettledRecords): string[] {
  const { sourceNames } = draft.records;
  const smallest = new Int32Array(draft.entities.length).fill(-1);
  const before = (a: number, b: number): boolean => {
    const bySource = compareTexts(sourceNames[records.sources[a] as number] ?? "", sourceNames[records.sources[b] as number] ?? "");
    return bySource < 0 || (bySource === 0 && compareTexts(records.ids[a] as string, records.ids[b] as string) < 0);
  };
  records.entities.forEach((entity, record) => {
    const known = smallest[entity] as number;
    if (known === -1 || before(record, known)) smallest[entity] = record;
  });
  return draft.entities.keys.map((key, entity) => {
    const record = smallest[entity] as number;
    if (record === -1) return `${draft.entities.spaces[entity]}\u0000${key}`;
    return `record\u0000${sourceNames[records.sources[record] as number]}\u0000${records.ids[record]}`;
  });
}
