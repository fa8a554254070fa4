import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hash53, type Random, seededRandom } from "../../base/index.ts";
import { ColumnKernel, GrowingInt32 } from "../../columns/index.ts";
import { distinctLists, writeIds } from "./column-loops.ts";
import { DistinctNumbers } from "./distinct-numbers.ts";

const kernel = ColumnKernel.open() as ColumnKernel;
const seeds = fc.integer({ min: 1, max: 1e9 });

function madeLists(random: Random): { offsets: Int32Array; members: Int32Array; textOffsets: Int32Array } {
  const textOffsets = Int32Array.from({ length: 2 + random.integer(60) }, () => random.integer(3));
  for (let i = 1; i < textOffsets.length; i++) (textOffsets[i] as number) += textOffsets[i - 1] as number;
  const ends = [0];
  for (let i = random.integer(60); i > 0; i--) ends.push((ends.at(-1) as number) + random.integer(12));
  const members = Int32Array.from({ length: ends.at(-1) as number }, () => random.integer(textOffsets.length) - 1);
  return { offsets: Int32Array.from(ends), members, textOffsets };
}

describe("the kernel makes", () => {
  test("the members of lists that TypeScript makes, repeats and empty texts left out", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { offsets, members, textOffsets } = madeLists(seededRandom(seed));
        const kept = new GrowingInt32();
        const distinct = new DistinctNumbers(kept);
        const ends = [0];
        for (let row = 0; row + 1 < offsets.length; row++) {
          distinct.begin();
          for (const member of members.subarray(offsets[row], offsets[row + 1]))
            if (textOffsets[member] !== textOffsets[member + 1]) distinct.add(member);
          ends.push(kept.length);
        }
        expect(distinctLists(kernel, offsets, members, textOffsets)).toEqual({
          offsets: Int32Array.from(ends),
          members: kept.toArray(),
        });
      }),
      { seed: 62, numRuns: 300 },
    );
  });

  test("the digits and hashes of whole numbers that TypeScript makes", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(), fc.maxSafeNat()), { maxLength: 50 }), (ids) => {
        const made = writeIds(kernel, Float64Array.from(ids));
        expect(Buffer.from(made?.bytes ?? []).toString()).toBe(ids.join(""));
        expect([...(made?.keys ?? [])]).toEqual(ids.map((id) => hash53(String(id)) + 1));
        expect([...(made?.checks ?? [])]).toEqual(ids.map((id) => hash53(String(id), 1) | 0));
      }),
      { seed: 63, numRuns: 300 },
    );
    expect([Number.NaN, -1, 2 ** 53].map((id) => writeIds(kernel, Float64Array.of(7, id)))).toEqual(
      Array(3).fill(undefined),
    );
  });
});
