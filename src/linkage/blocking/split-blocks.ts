import { hashPair53 } from "../../base/index.ts";
import type { Table } from "../../columns/index.ts";
import type { KeyPart } from "../settings.ts";
import { hashesOfPart, ruleOfKey, ruleSpan } from "./block-keys.ts";

/** A block that is too large and can be split: its records are paired only where they share a key of another field too. */
export interface BlockSplit {
  readonly key: number;
  readonly by: KeyPart;
}

/** What of the block keys makes no pair as it stands: keys that are left out, and those that are split. */
export interface BlockChanges {
  readonly droppedBlocks: readonly { readonly key: number }[];
  readonly splitBlocks: readonly BlockSplit[];
}

/** Gives the keys of one row of a table, ascending and distinct, after the changes. */
export type KeyChanger = (row: number, keys: Float64Array) => Float64Array;

/**
 * Makes the changes for the rows of a table that holds the fields of all splits. A key that is split becomes one for each
 * key that the row has by the other field, of the same rule and the same shard. Null where no key is changed.
 */
export function keyChanger(table: Table, changes: BlockChanges, shardCount: number): KeyChanger | null {
  const dropped = new Set(changes.droppedBlocks.map((block) => block.key));
  const hashesByKey = new Map(changes.splitBlocks.map(({ key, by }) => [key, hashesOfPart(table, by)]));
  if (dropped.size === 0 && hashesByKey.size === 0) return null;
  return (row, keys) => {
    if (!keys.some((key) => dropped.has(key) || hashesByKey.has(key))) return keys;
    const changed = new Set<number>();
    for (const key of keys) {
      if (dropped.has(key)) continue;
      const hashes = hashesByKey.get(key);
      if (hashes === undefined) changed.add(key);
      else for (const hash of hashes(row)) changed.add(splitKey(key, hash, shardCount));
    }
    return Float64Array.from(changed).sort();
  };
}

/** The key of a part of a block: of the block's rule, and of its shard, as only there its records are. */
function splitKey(key: number, hash: number, shardCount: number): number {
  const rule = ruleOfKey(key);
  const split = rule * ruleSpan + (hashPair53(key, hash) % ruleSpan);
  const moved = split + ((key % shardCount) - (split % shardCount));
  if (ruleOfKey(moved) === rule) return moved;
  return moved < split ? moved + shardCount : moved - shardCount;
}
