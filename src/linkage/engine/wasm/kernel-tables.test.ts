import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Random, seededRandom } from "../../../base/index.ts";
import { DictionaryBuilder, nullId, type TextColumn, type TextListColumn } from "../../../columns/index.ts";
import type { Shard } from "../../blocking/index.ts";
import { Arena } from "../arena.ts";
import { pairSpace } from "../pair-space.ts";
import { plainTables, type TableMaker } from "../table-maker.ts";
import { kernelPairSpace } from "./kernel-pair-space.ts";
import { kernelTables } from "./kernel-tables.ts";

/** Letters of one to four bytes; some with a lower case of more bytes, of fewer, or in no table. */
const letters = [..."abcABZ[@{ 0123", ..."ÀÉæøÎÕßẞ", ..."ȺȾİıK", ..."Абв", ..."東京Ế", ..."𐐀🎬", "\u0000", "\ud800"];

function madeText(random: Random): string {
  const length = random.next() < 0.02 ? random.integer(3000) : random.integer(20);
  const some = random.next() < 0.5 ? letters.slice(0, 14) : letters;
  return Array.from({ length }, () => some[random.integer(some.length)] as string).join("");
}

function madeDictionary(random: Random): DictionaryBuilder {
  const builder = new DictionaryBuilder();
  const count = random.integer(60);
  for (let i = 0; i < count; i++) builder.add(madeText(random));
  return builder;
}

function madeIds(random: Random, count: number, size: number, nulls: boolean): Int32Array {
  return Int32Array.from({ length: size === 0 && !nulls ? 0 : count }, () =>
    size === 0 || (nulls && random.next() < 0.1) ? nullId : random.integer(size),
  );
}

function madeTexts(random: Random): TextColumn {
  const builder = madeDictionary(random);
  const ids = madeIds(random, random.integer(100), builder.size, true);
  return { kind: "text", name: "title", dictionary: builder.build(), ids };
}

function madeLists(random: Random): TextListColumn {
  const builder = madeDictionary(random);
  const ends = [0];
  for (let i = random.integer(50); i > 0 && builder.size > 0; i--)
    ends.push((ends.at(-1) as number) + random.integer(random.next() < 0.05 ? 6000 : 12));
  const values = madeIds(random, ends.at(-1) as number, builder.size, false);
  return { kind: "textList", name: "cast", dictionary: builder.build(), offsets: Int32Array.from(ends), values };
}

/** All tables of some columns, as plain numbers. */
function tablesOf(maker: TableMaker, texts: readonly TextColumn[], lists: readonly TextListColumn[], lower: boolean) {
  const table = maker.texts(texts, lower);
  const listTables = [maker.lists(lists, lower), maker.lists([...texts, ...lists], lower)];
  return {
    ids: [...maker.ids(texts, lower).values],
    texts: table && [table.alphabetSize, ...[table.ids, table.entries, table.symbols].map(({ values }) => [...values])],
    lists: listTables.map(({ starts, members, signatures }) =>
      [starts, members, signatures].map(({ values }) => [...values]),
    ),
  };
}

const seeds = fc.integer({ min: 1, max: 1e9 });

describe("the kernel makes", () => {
  test("the tables that TypeScript makes, of texts in any script and lists of any length", () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, lower) => {
        const random = seededRandom(seed);
        const texts = Array.from({ length: 1 + random.integer(3) }, () => madeTexts(random));
        const lists = Array.from({ length: 1 + random.integer(3) }, () => madeLists(random));
        const plain = tablesOf(plainTables(new Arena()), texts, lists, lower);
        expect(tablesOf(kernelTables(new Arena()), texts, lists, lower)).toEqual(plain);
        // Five MiB leave no room to work in where texts are numbered.
        expect(tablesOf(kernelTables(new Arena(5)), texts, lists, lower)).toEqual(plain);
      }),
      { seed: 51, numRuns: 150 },
    );
  });

  test("the blocks that TypeScript makes, of the shard's own keys alone and of all", () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), fc.integer({ min: 1, max: 3 }), (seed, dedupe, count) => {
        const shard = madeShard(seededRandom(seed), count);
        expect(spaceOf(kernelPairSpace(shard, dedupe, new Arena()))).toEqual(
          spaceOf(pairSpace(shard, dedupe, new Arena())),
        );
      }),
      { seed: 52, numRuns: 200 },
    );
  });
});

function madeShard(random: Random, count: number): Shard {
  const rowCount = random.integer(200);
  const keysMax = 2 + random.integer(200);
  const keys: number[] = [];
  const keyStarts = Int32Array.from({ length: rowCount + 1 }, (_, row) => {
    const own = new Set(Array.from({ length: row === 0 ? 0 : random.integer(5) }, () => random.integer(keysMax)));
    // Spread over all digits of a key and over rules.
    keys.push(
      ...[...own].map((key) => (key % 5) * 2 ** 49 + ((key * 7_777_777_777_777) % 2 ** 49)).sort((a, b) => a - b),
    );
    return keys.length;
  });
  return {
    address: { index: random.integer(count), count, fromRule: random.integer(3) },
    rowCount,
    source: Uint8Array.from({ length: rowCount }, () => random.integer(3)).sort(),
    row: new Float64Array(rowCount),
    level: Uint8Array.from({ length: rowCount }, () => random.integer(3)),
    idNumberer: () => {
      throw new Error("no ids");
    },
    keyStarts,
    keys: Float64Array.from(keys),
    fields: { get: () => undefined, parts: () => [] },
  };
}

function spaceOf(space: ReturnType<typeof pairSpace>): unknown {
  return Object.entries(space).map(([name, part]) => [name, typeof part === "number" ? part : [...part.values]]);
}
