import { ruleOfKey } from "./block-keys.ts";
import { shardOf } from "./partition.ts";
import type { Shard } from "./shard.ts";

/** Receives a candidate pair: two record numbers of the shard, the left before the right, and the rule that makes it. */
export type PairVisitor = (left: number, right: number, rule: number) => void;

/**
 * Visits every candidate pair that belongs to this shard exactly once over all shards: a pair belongs to the smallest
 * key its two records share, which is a key of the first rule that makes it, and to the shard of that key.
 */
export function visitPairs(shard: Shard, dedupe: boolean, visit: PairVisitor): void {
  const { order, key } = keyEntries(shard);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && key[to] === key[from]) to++;
    if (to - from > 1) visitBlock(shard, order.subarray(from, to), key[from] as number, dedupe, visit);
    from = to;
  }
}

function visitBlock(shard: Shard, block: Int32Array, key: number, dedupe: boolean, visit: PairVisitor): void {
  const rule = ruleOfKey(key);
  for (let i = 0; i < block.length; i++) {
    const left = block[i] as number;
    const source = shard.source[left] as number;
    const level = shard.level[left] as number;
    for (let j = i + 1; j < block.length; j++) {
      const right = block[j] as number;
      if (!dedupe && shard.source[right] === source) continue;
      const other = shard.level[right] as number;
      if (level !== other && level !== 0 && other !== 0) continue;
      if (firstSharedKey(shard, left, right) === key) visit(left, right, rule);
    }
  }
}

/** The smallest key of both records; they share one. */
function firstSharedKey(shard: Shard, left: number, right: number): number {
  const { keys, keyStarts } = shard;
  let a = keyStarts[left] as number;
  let b = keyStarts[right] as number;
  for (;;) {
    const keyA = keys[a] as number;
    const keyB = keys[b] as number;
    if (keyA === keyB) return keyA;
    if (keyA < keyB) a++;
    else b++;
  }
}

/** Every (key, record) of this shard's own keys, by key, then record. */
function keyEntries(shard: Shard): { order: Int32Array; key: Float64Array } {
  const { keys, keyStarts, address } = shard;
  const ownKeys: number[] = [];
  const owners: number[] = [];
  for (let record = 0; record < shard.rowCount; record++) {
    for (let at = keyStarts[record] as number; at < (keyStarts[record + 1] as number); at++) {
      if (shardOf(keys[at] as number, address.count) !== address.index) continue;
      ownKeys.push(keys[at] as number);
      owners.push(record);
    }
  }
  return grouped(ownKeys, owners);
}

/** Sorts by key through the distinct keys, whose sort is native; records of a key stay in their order. */
function grouped(keys: readonly number[], owners: readonly number[]): { order: Int32Array; key: Float64Array } {
  const sorted = Float64Array.from(keys).sort();
  const startByKey = new Map<number, number>();
  for (let i = sorted.length - 1; i >= 0; i--) startByKey.set(sorted[i] as number, i);
  const order = new Int32Array(keys.length);
  keys.forEach((key, i) => {
    const to = startByKey.get(key) as number;
    order[to] = owners[i] as number;
    startByKey.set(key, to + 1);
  });
  return { order, key: sorted };
}
