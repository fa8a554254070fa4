import { type KernelExports, openKernel } from "../../../base/index.ts";
import type { Shard } from "../../blocking/index.ts";
import type { Arena, Placed } from "../arena.ts";
import { type PairSpace, pairSpace } from "../pair-space.ts";
import { digitWords } from "./layout.ts";
import { withScratch } from "./scratch.ts";

type SpaceKernel = KernelExports<
  "sortKeys" | "sourcesOfPlaces" | "numberKeys" | "placeKeys" | "placeBlocks" | "placeMembers"
>;

const spareRoom = 65_536;

/** The {@link pairSpace} of a shard, made by the kernel `wasm/linkage` where it is built and the arena has room to work in. */
export function kernelPairSpace(shard: Shard, dedupe: boolean, arena: Arena): PairSpace {
  const kernel: SpaceKernel | undefined = openKernel("linkage", arena.memory);
  if (kernel === undefined) return pairSpace(shard, dedupe, arena);
  const [records, keys] = [shard.rowCount, shard.keys.length];
  const room = records * 6 + keys * 24 + spareRoom;
  const space = withScratch(arena, room, records * 4 + keys * 60 + spareRoom, (scratch) =>
    makeSpace(kernel, shard, dedupe, arena, scratch),
  );
  return space ?? pairSpace(shard, dedupe, arena);
}

function makeSpace(kernel: SpaceKernel, shard: Shard, dedupe: boolean, arena: Arena, scratch: Arena): PairSpace {
  const source = arena.uint8Of(shard.source);
  const level = arena.uint8Of(shard.level);
  const shardStarts = scratch.int32Of(shard.keyStarts);
  const dense = numberKeys(kernel, shard, shardStarts.at, dedupe ? 0 : source.at, scratch);
  const keyStarts = arena.int32(shard.rowCount + 1);
  const all = arena.int32(shard.keys.length);
  const kept = kernel.placeKeys(shardStarts.at, dense.numbersAt, shard.rowCount, keyStarts.at, all.at);
  arena.takeBackFrom(all.at + kept * 4);
  const { next, ...blocks } = placeBlocks(kernel, shard, dense, arena, scratch);
  const members = arena.int32(blocks.blockStarts.values[blocks.blockCount] as number);
  const earlier = arena.int32(members.values.length);
  kernel.placeMembers(keyStarts.at, all.at, shard.rowCount, next.at, members.at, earlier.at);
  const keys = { at: all.at, values: all.values.subarray(0, kept) };
  return { recordCount: shard.rowCount, source, level, keyStarts, keys, members, earlier, ...blocks };
}

/** The keys that make pairs, ascending; how many places each has; and the number of each place's. */
interface NumberedKeys {
  readonly keysAt: number;
  readonly placeCountsAt: number;
  readonly numbersAt: number;
  readonly size: number;
}

function numberKeys(
  kernel: SpaceKernel,
  { keys, rowCount }: Shard,
  shardStartsAt: number,
  sourceAt: number,
  scratch: Arena,
): NumberedKeys {
  const count = keys.length;
  const [given, places] = [scratch.float64Of(keys), scratch.int32(count)];
  const [spare, sparePlaces] = [scratch.float64(count), scratch.int32(count)];
  const digits = scratch.int32(digitWords);
  const isSpare = kernel.sortKeys(given.at, places.at, count, spare.at, sparePlaces.at, digits.at) === 1;
  const sourcesAt = sourceAt === 0 ? 0 : scratch.uint8(count).at;
  if (sourcesAt !== 0) kernel.sourcesOfPlaces(sourceAt, shardStartsAt, rowCount, sourcesAt);
  const [sorted, sortedPlaces] = isSpare ? [spare, sparePlaces] : [given, places];
  const [free, freePlaces] = isSpare ? [given, places] : [spare, sparePlaces];
  const [numbersAt, placeCountsAt] = [free.at, freePlaces.at];
  const size = kernel.numberKeys(sorted.at, sortedPlaces.at, count, sourcesAt, numbersAt, placeCountsAt);
  return { keysAt: sorted.at, placeCountsAt, numbersAt, size };
}

function placeBlocks(
  kernel: SpaceKernel,
  { address }: Shard,
  { keysAt, placeCountsAt, size }: NumberedKeys,
  arena: Arena,
  scratch: Arena,
): Pick<PairSpace, "blockStarts" | "blockKeys" | "blockRules" | "blockCount"> & { readonly next: Placed<Int32Array> } {
  const starts = scratch.int32(size + 1);
  const [keys, rules, next] = [scratch.int32(size), scratch.uint8(size), scratch.int32(size)];
  const { index, count, fromRule = 0 } = address;
  const blockCount = kernel.placeBlocks(
    keysAt,
    placeCountsAt,
    size,
    index,
    count,
    fromRule,
    starts.at,
    keys.at,
    rules.at,
    next.at,
  );
  return {
    blockStarts: arena.int32Of(starts.values.subarray(0, blockCount + 1)),
    blockRules: arena.uint8Of(rules.values.subarray(0, blockCount)),
    blockKeys: arena.int32Of(keys.values.subarray(0, blockCount)),
    blockCount,
    next,
  };
}
