import { ruleOfKey, type Shard, shardOf } from "../blocking/index.ts";
import type { Arena, Placed } from "./arena.ts";
import { denseKeys } from "./dense-keys.ts";

/**
 * Which pairs a shard makes, as arrays. Record `r` owns `keys[keyStarts[r]]` up to, not including, `keys[keyStarts[r + 1]]`:
 * small ascending numbers of those block keys that at least two records of the shard have. Block `b` holds the records
 * `members[blockStarts[b]]` up to `members[blockStarts[b + 1]]`, ascending, which is by source.
 */
export interface PairSpace {
  readonly recordCount: number;
  readonly source: Placed<Uint8Array>;
  readonly level: Placed<Uint8Array>;
  readonly keyStarts: Placed<Int32Array>;
  readonly keys: Placed<Int32Array>;
  readonly blockStarts: Placed<Int32Array>;
  readonly blockKeys: Placed<Int32Array>;
  readonly blockRules: Placed<Uint8Array>;
  readonly members: Placed<Int32Array>;
  readonly blockCount: number;
}

/** Finds the blocks of a shard: those of its own keys; keys of other shards only decide whose a pair is. */
export function pairSpace(shard: Shard, arena: Arena): PairSpace {
  const dense = denseKeys(shard.keys);
  const { keyStarts, keys } = placeKeys(shard, dense.numbers, arena);
  const own = Uint8Array.from(dense.keys, (key) => (shardOf(key, shard.address.count) === shard.address.index ? 1 : 0));
  const counts = new Int32Array(dense.keys.length);
  for (const key of keys.values) counts[key] = (counts[key] as number) + own[key]!;
  const blocks: number[] = [];
  counts.forEach((count, key) => {
    if (count > 1) blocks.push(key);
  });
  const blockStarts = arena.int32(blocks.length + 1);
  const blockKeys = arena.int32(blocks.length);
  const blockRules = arena.uint8(blocks.length);
  const next = new Int32Array(dense.keys.length).fill(-1);
  blocks.forEach((key, b) => {
    blockKeys.values[b] = key;
    blockRules.values[b] = ruleOfKey(dense.keys[key] as number);
    next[key] = blockStarts.values[b] as number;
    blockStarts.values[b + 1] = (blockStarts.values[b] as number) + (counts[key] as number);
  });
  const members = arena.int32(blockStarts.values[blocks.length] as number);
  for (let record = 0; record < shard.rowCount; record++) {
    for (let at = keyStarts.values[record] as number; at < (keyStarts.values[record + 1] as number); at++) {
      const key = keys.values[at] as number;
      const to = next[key] as number;
      if (to < 0) continue;
      members.values[to] = record;
      next[key] = to + 1;
    }
  }
  const source = arena.uint8(shard.rowCount);
  source.values.set(shard.source);
  const level = arena.uint8(shard.rowCount);
  level.values.set(shard.level);
  const recordCount = shard.rowCount;
  const blockCount = blocks.length;
  return { recordCount, source, level, keyStarts, keys, blockStarts, blockKeys, blockRules, members, blockCount };
}

function placeKeys(shard: Shard, numbers: Int32Array, arena: Arena): Pick<PairSpace, "keyStarts" | "keys"> {
  const keyStarts = arena.int32(shard.rowCount + 1);
  const kept = numbers.reduce((count, number) => (number < 0 ? count : count + 1), 0);
  const keys = arena.int32(kept);
  let to = 0;
  for (let record = 0; record < shard.rowCount; record++) {
    for (let at = shard.keyStarts[record] as number; at < (shard.keyStarts[record + 1] as number); at++)
      if ((numbers[at] as number) >= 0) keys.values[to++] = numbers[at] as number;
    keyStarts.values[record + 1] = to;
  }
  return { keyStarts, keys };
}
