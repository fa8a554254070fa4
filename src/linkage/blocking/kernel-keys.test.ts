import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Random, seededRandom } from "../../base/index.ts";
import { encodeTable, type Value } from "../../columns/index.ts";
import type { Field, RecordBatch } from "../../records/index.ts";
import { batchesOf, type MadeRow, profilesOf } from "../fixtures/made-records.ts";
import { inferLinkage } from "../infer-linkage.ts";
import type { BlockingRule, KeyPart, LinkageSettings } from "../settings.ts";
import { kernelRowsMin } from "./block-kernel.ts";
import { blockKeys } from "./block-keys.ts";
import { type CountedKeys, KeyCounter } from "./counted-keys.ts";
import { kernelBlockKeys } from "./kernel-keys.ts";
import { kernelDraws, plainDraws, SourceTally } from "./source-tally.ts";

const fields: readonly Field[] = [
  { name: "title", kind: "text", list: false },
  { name: "place", kind: "text", list: false },
  { name: "year", kind: "year", list: false },
];

/** Letters of one to four bytes; some with a lower case of more bytes, of fewer, or in no table. */
const letters = [..."abcABZ[@{ 0123", ..."ÀÉæøÎÕßẞ", ..."ȺȾİıKΣσ", ..."Абв", ..."東京Ế", ..."𐐀🎬", "\u0000"];
const years = [1999.7, -44, -0.5, 0, 1e9, 1e300, -1e21, 123_456_789, 999_999_999.9, Number.POSITIVE_INFINITY];

function madeText(random: Random): string | null {
  if (random.next() < 0.1) return null;
  const some = random.next() < 0.5 ? letters.slice(0, 14) : letters;
  return Array.from({ length: random.integer(12) }, () => some[random.integer(some.length)] as string).join("");
}

function madeYear(random: Random): Value {
  if (random.next() < 0.1) return null;
  return random.next() < 0.5 ? 1890 + random.integer(150) : (years[random.integer(years.length)] as number);
}

function madePart(random: Random): KeyPart {
  if (random.next() < 0.3) return { field: "year", maker: "year" };
  const field = random.next() < 0.5 ? "title" : "place";
  const lower = random.next() < 0.6 ? { letters: "lower" as const } : {};
  if (random.next() < 0.5) return { field, maker: "text", ...lower };
  return { field, maker: "start", ...(random.next() < 0.7 ? { length: 1 + random.integer(6) } : {}), ...lower };
}

function madeSettings(random: Random): LinkageSettings {
  const rules = Array.from(
    { length: 1 + random.integer(3) },
    (_, i): BlockingRule => ({
      name: `rule ${i}`,
      keys: Array.from({ length: 1 + random.integer(3) }, () => madePart(random)),
    }),
  );
  return inferLinkage({ entityType: "film", sources: ["a", "b"], fields: profilesOf(fields, ["a", "b"]) }, { rules });
}

function madeBatch(random: Random, count: number): RecordBatch {
  const rows = Array.from(
    { length: count },
    (_, i): MadeRow => [`a${i}`, madeText(random), madeText(random), madeYear(random)],
  );
  return batchesOf("a", rows, fields, count + 1)[0] as RecordBatch;
}

const entriesOf = ({ keys, counts }: CountedKeys) => [[...keys], [...counts]];

describe("the kernel makes", () => {
  test("the block keys that TypeScript makes, of texts in any script and of any year", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const random = seededRandom(seed);
        const [batch, settings] = [madeBatch(random, random.integer(80)), madeSettings(random)];
        const plain = blockKeys(batch, settings, false);
        const made = kernelBlockKeys(batch.table, settings);
        expect([...(made?.keys ?? [])]).toEqual([...plain.keys]);
        expect([...(made?.ends ?? [])]).toEqual([...plain.ends]);
      }),
      { seed: 61, numRuns: 200 },
    );
  });

  test("no keys where a rule may make several of a row", () => {
    const random = seededRandom(1);
    const settings = {
      ...madeSettings(random),
      rules: [{ name: "words", keys: [{ field: "title", maker: "words" }] }],
    };
    expect(kernelBlockKeys(madeBatch(random, 5).table, settings as LinkageSettings)).toBeUndefined();
  });

  test("the counts of a source that TypeScript makes, of so many rows that it is used", () => {
    const random = seededRandom(62);
    const [batch, settings] = [madeBatch(random, kernelRowsMin + 10), madeSettings(random)];
    const [byKernel, plain] = [true, false].map((kernel) => {
      const tally = new SourceTally(settings, "a", kernel);
      tally.add(batch, blockKeys(batch, settings, kernel));
      const { keys, values, sample, ...rest } = tally.finish();
      return [rest, ...[keys, values, sample].map((table) => Buffer.from(encodeTable(table)).toString("base64"))];
    });
    expect(byKernel).toEqual(plain);
    expect(kernelDraws("a", 7, 12_345, 100)).toEqual(plainDraws("a", 7, 12_345, 100));
  });
});

test("numbers below 2^53 are sorted and counted alike by the kernel and in TypeScript", () => {
  const random = seededRandom(63);
  const numbers = Float64Array.from({ length: kernelRowsMin * 2 }, (_, i) =>
    Math.floor(random.next() * 2 ** (1 + (i % 53))),
  );
  const [byKernel, plain] = [true, false].map((kernel) => {
    const counter = new KeyCounter(kernel);
    counter.addAll(numbers.slice());
    return entriesOf(counter.counted());
  });
  expect(byKernel).toEqual(plain);
});
