import { sha256 } from "../../base/index.ts";
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
  const isLabel = (entity: number): boolean => draft.entities.spaces[entity] === "label";
  const typeName = (entity: number): string => draft.codes.typeName(types[entity] as number);
  const hashed = shortHashIds(
    seeds.map((seed, entity) => (isLabel(entity) ? undefined : `${typeName(entity)}:${sha256(seed)}`)),
  );
  return hashed.map((id, entity) => id ?? `${typeName(entity)}:${draft.entities.keys[entity]}`);
}

/**
 * Ids of a type and a whole hash, cut to the shortest of the lengths at which they are distinct. Those that collide all
 * get the longer one, so no id depends on which entity came first.
 */
export function shortHashIds(ids: readonly (string | undefined)[]): (string | undefined)[] {
  const short = ids.slice();
  let open = [...ids.keys()].filter((entity) => ids[entity] !== undefined);
  for (const length of hashLengths) {
    const holders = new Map<string, number[]>();
    for (const entity of open) {
      const id = ids[entity] as string;
      const cut = id.slice(0, id.indexOf(":") + 1 + length);
      short[entity] = cut;
      const known = holders.get(cut);
      if (known) known.push(entity);
      else holders.set(cut, [entity]);
    }
    open = [...holders.values()].filter((group) => group.length > 1).flat();
  }
  return short;
}

/** What the hash is made of: the smallest member, else the key. A kind in front keeps the two apart. */
function idSeeds(draft: Draft, records: SettledRecords): string[] {
  const { sourceNames } = draft.records;
  const smallest = new Int32Array(draft.entities.length).fill(-1);
  const before = (a: number, b: number): boolean => {
    const bySource = compareTexts(
      sourceNames[records.sources[a] as number] ?? "",
      sourceNames[records.sources[b] as number] ?? "",
    );
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
