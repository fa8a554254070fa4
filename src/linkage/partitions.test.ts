import fc from "fast-check";
import { expect, test } from "vitest";
import { stableJson } from "../base/index.ts";
import { concatTables, rowAt, type Table } from "../columns/index.ts";
import { plainScan, type Scanner, threadedScan } from "./engine/index.ts";
import { linkInMemory } from "./fixtures/link-in-memory.ts";
import { batchesOf, madeFields, madeFilms, profilesOf } from "./fixtures/made-records.ts";
import {
  blockKeys,
  countShard,
  cutPart,
  inferLinkage,
  mergeCounts,
  partition,
  type ShardAddress,
  ShardPairs,
  type ShardPart,
  scoreShard,
  train,
} from "./index.ts";

const sources = ["a", "b", "c"];

/** The scored pairs as sorted lines. */
function lines(tables: readonly Table[]): string[] {
  const table = concatTables(tables);
  return Array.from({ length: table.rowCount }, (_, row) => Object.values(rowAt(table, row)).join(" ")).sort();
}

const scanners: readonly (Scanner | undefined)[] = [undefined, plainScan, threadedScan(2, 50)];

test("parts of a linkage make the whole of it: any shards, any cuts of each, any slices, any threads", () => {
  const inferred = inferLinkage(
    { entityType: "film", sources, fields: profilesOf(madeFields, sources) },
    { keepWeight: -100, blockPairsMax: 25 },
  );
  // What is looked up has shards of its own, which hold pairs and are not cut.
  const withoutTopK = { ...inferred, rules: inferred.rules.filter(({ topK }) => topK === undefined) };
  let splitBlocks = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(...scanners),
      fc.constantFrom(60, 1_500),
      (seed, shards, cuts, slices, scanner, samplePairs) => {
        const settings = { ...withoutTopK, samplePairs };
        const made = madeFilms(seed, 250, sources);
        const batches = new Map([...made].map(([source, rows]) => [source, batchesOf(source, rows, madeFields, 70)]));
        const whole = linkInMemory(batches, settings, 1);
        splitBlocks += whole.frozen.facts.splitBlocks.length;
        const { frozen, model } = whole;
        const stored: ShardPart[][] = Array.from({ length: shards }, () => []);
        for (const ofSource of batches.values())
          for (const batch of ofSource)
            partition(batch, blockKeys(batch, settings), settings, shards).forEach((part, shard) => {
              stored[shard]?.push(part);
            });
        const addresses = Array.from({ length: shards }, (_, shard) =>
          Array.from({ length: cuts[shard] as number }, (_, cut): ShardAddress => {
            const cutCount = cuts[shard] as number;
            return { index: shard + cut * shards, count: shards * cutCount, cutFrom: shards };
          }),
        ).flat();
        const partsOf = (address: ShardAddress): ShardPart[] =>
          (stored[address.index % shards] as ShardPart[]).map((part) => cutPart(part, frozen.facts, address));
        const options = scanner === undefined ? {} : { scanner };
        const counts = addresses.map((address) =>
          countShard(new ShardPairs(partsOf(address), frozen, settings, address, options)),
        );
        expect(stableJson(train(mergeCounts(counts), frozen, settings)) === stableJson(model)).toBe(true);
        const scored = addresses.flatMap((address) =>
          Array.from({ length: slices }, (_, index) => {
            const slice = { index, count: slices };
            return scoreShard(
              new ShardPairs(partsOf(address), frozen, settings, address, { ...options, slice }),
              model,
            );
          }),
        );
        expect(lines(scored.map(({ pairs }) => pairs))).toEqual(lines(whole.scored));
        const pairsByRule = settings.rules.map((_, rule) =>
          scored.reduce((sum, one) => sum + (one.pairsByRule[rule] as number), 0),
        );
        expect(pairsByRule).toEqual(whole.pairsByRule);
      },
    ),
    { seed: 7, numRuns: 14 },
  );
  expect(splitBlocks).toBeGreaterThan(0);
});
