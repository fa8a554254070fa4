import { wholeNumbers } from "../../base/index.ts";
import { ruleOfKey, type Shard, shardOf } from "../blocking/index.ts";
import type { Arena, Placed } from "./arena.ts";
import { denseKeys } from "./dense-keys.ts";

/**
 * Which pairs a shard makes, as arrays. Record `r` owns `keys[keyStarts[r]]` up to, not including, `keys[keyStarts[r + 1]]`:
 * small ascending numbers of those block keys under which records of the shard make pairs. Block `b` holds the records
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
  /** For each member of a block the key that stands before the block's among its own: {@link earlierKey} where there is no one. */
  readonly earlier: Placed<Int32Array>;
  readonly blockCount: number;
}

/** Stands for no key before a block's, and for several. */
export const earlierKey = { none: -1, several: -2 } as const;

/**
 * Finds the blocks of a shard: those of its own keys; keys of other shards only decide whose a pair is. Keys that make no
 * pair, of a single record or without `dedupe` of a single source, are left out.
 */
export function pairSpace(shard: Shard, dedupe: boolean, arena: Arena): PairSpace {
  const sourceOf = dedupe ? null : shard.source;
  const dense = denseKeys(shard.keys, shard.keyStarts, sourceOf);
  const source = arena.uint8(shard.rowCount);
  source.values.set(shard.source);
  const level = arena.uint8(shard.rowCount);
  level.values.set(shard.level);
  const { keyStarts, keys } = placeKeys(shard, dense.numbers, arena);
  const blocks = placeBlocks(shard, dense.keys, keys.values, arena);
  const members = arena.int32(blocks.blockStarts.values[blocks.blockCount] as number);
  const earlier = arena.int32(members.values.length);
  const next = new Int32Array(dense.keys.length).fill(-1);
  for (let b = 0; b < blocks.blockCount; b++)
    next[blocks.blockKeys.values[b] as number] = blocks.blockStarts.values[b] as number;
  for (let record = 0; record < shard.rowCount; record++) {
    const from = keyStarts.values[record] as number;
    const end = keyStarts.values[record + 1] as number;
    for (let at = from, before: number = earlierKey.none; at < end; at++) {
      const key = keys.values[at] as number;
      const to = next[key] as number;
      if (to >= 0) {
        members.values[to] = record;
        earlier.values[to] = before;
        next[key] = to + 1;
      }
      before = at === from ? key : earlierKey.several;
    }
  }
  return { recordCount: shard.rowCount, source, level, keyStarts, keys, members, earlier, ...blocks };
}

function placeKeys(shard: Shard, numbers: Int32Array, arena: Arena): Pick<PairSpace, "keyStarts" | "keys"> {
  const keyStarts = arena.int32(shard.rowCount + 1);
  let kept = 0;
  for (let at = 0; at < numbers.length; at++) if ((numbers[at] as number) >= 0) kept++;
  const keys = arena.int32(kept);
  let to = 0;
  for (let record = 0; record < shard.rowCount; record++) {
    for (let at = shard.keyStarts[record] as number; at < (shard.keyStarts[record + 1] as number); at++)
      if ((numbers[at] as number) >= 0) keys.values[to++] = numbers[at] as number;
    keyStarts.values[record + 1] = to;
  }
  return { keyStarts, keys };
}

function placeBlocks(
  { address }: Shard,
  keyByNumber: Float64Array,
  numbers: Int32Array,
  arena: Arena,
): Pick<PairSpace, "blockStarts" | "blockKeys" | "blockRules" | "blockCount"> {
  const counts = new Int32Array(keyByNumber.length);
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] as number;
    counts[number] = (counts[number] as number) + 1;
  }
  const { index, count, fromRule = 0 } = address;
  const own = wholeNumbers(keyByNumber.length).filter((number) => {
    const key = keyByNumber[number] as number;
    return shardOf(key, count) === index && ruleOfKey(key) >= fromRule;
  });
  const blockStarts = arena.int32(own.length + 1);
  const blockRules = arena.uint8(own.length);
  for (let b = 0; b < own.length; b++) {
    const number = own[b] as number;
    blockRules.values[b] = ruleOfKey(keyByNumber[number] as number);
    blockStarts.values[b + 1] = (blockStarts.values[b] as number) + (counts[number] as number);
  }
  return { blockStarts, blockRules, blockKeys: arena.int32Of(own), blockCount: own.length };
}
