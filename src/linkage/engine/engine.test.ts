import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kernelMemory, openKernel, type Random, seededRandom } from "../../base/index.ts";
import { encodeTable, type Value } from "../../columns/index.ts";
import type { Field, RecordBatch } from "../../records/index.ts";
import { madeFrozen, madeModel } from "../fixtures/made-model.ts";
import { batchesOf, type MadeRow } from "../fixtures/made-records.ts";
import { blockKeys, type OpenOptions, partition, ShardPairs, type ShardPart, scoreShard } from "../index.ts";
import type { ComparisonSettings, LinkageSettings } from "../settings.ts";
import { plainScan, threadedScan } from "./index.ts";

const fields: readonly Field[] = [
  { name: "title", kind: "text", list: false },
  { name: "director", kind: "text", list: false },
  { name: "year", kind: "year", list: false },
  { name: "actors", kind: "category", list: true },
  { name: "block", kind: "text", list: false },
  { name: "level", kind: "level", list: false },
];

const alphabets = ["ab", "abcdefgh ", "ÀÉæø ÎÕ", "абвг", "東京物語", "🎬🎞a", "İIıi"];

/** A text of up to `max` symbols, or one made before with a few letters changed. */
function madeText(random: Random, known: string[], max: number): string {
  const alphabet = [...(alphabets[random.integer(alphabets.length)] as string)];
  const letters =
    known.length > 0 && random.next() < 0.7
      ? [...(known[random.integer(known.length)] as string)]
      : Array.from({ length: random.integer(max) }, () => alphabet[random.integer(alphabet.length)] as string);
  const edits = random.integer(4);
  for (let i = 0; i < edits; i++)
    letters.splice(
      random.integer(letters.length + 1),
      random.integer(2),
      alphabet[random.integer(alphabet.length)] as string,
    );
  const text = letters.join("") || "x";
  known.push(text);
  return text;
}

function madeRows(random: Random, prefix: string, count: number, known: string[], lengthMax: number): MadeRow[] {
  const orNull = <V extends Value>(value: V): V | null => (random.next() < 0.1 ? null : value);
  return Array.from(
    { length: count },
    (_, i): MadeRow => [
      `${prefix}${i}`,
      orNull(madeText(random, known, lengthMax)),
      orNull(madeText(random, known, 20)),
      orNull(random.next() < 0.1 ? Number.POSITIVE_INFINITY : 1950 + random.integer(8)),
      orNull(Array.from({ length: random.integer(6) }, () => known[random.integer(known.length)] as string)),
      orNull(String(random.integer(3))),
      orNull(random.next() < 0.8 ? "film" : "series"),
    ],
  );
}

/** One to thirteen similarities, or counts, ascending. */
function thresholds(random: Random, make: () => number): number[] {
  const values = Array.from({ length: 1 + random.integer(13) }, make);
  return [...new Set(values)].sort((a, b) => a - b);
}

function madeSettings(random: Random, comparisons: readonly ComparisonSettings[], dedupe: boolean): LinkageSettings {
  return {
    entityType: "film",
    sources: ["a", "b", "c"],
    fields,
    levelField: random.next() < 0.5 ? "level" : null,
    trusted: [],
    cannotLink: [],
    comparisons: [...comparisons],
    rules: [
      { name: "title", keys: [{ field: "title", maker: "start", length: 2 }] },
      { name: "block", keys: [{ field: "block", maker: "text" }] },
    ],
    dedupe,
    oneToOne: false,
    threshold: 0.5,
    reviewThreshold: 0.1,
    keepWeight: -1e9,
    blockPairsMax: 1e9,
    samplePairs: 1e9,
    seed: 1,
  };
}

function madeComparisons(random: Random): ComparisonSettings[] {
  const similarity = (): number => Math.round(random.next() * 100) / 100;
  const letters = (): "lower" | "asWritten" => (random.next() < 0.5 ? "lower" : "asWritten");
  const some: ComparisonSettings[] = [
    { field: "title", kind: "jaroWinkler", thresholds: thresholds(random, similarity), letters: letters() },
    { field: "director", kind: "jaroWinkler", thresholds: thresholds(random, similarity), letters: letters() },
    { field: "year", kind: "difference", thresholds: thresholds(random, () => random.integer(8)) },
    {
      field: "actors",
      kind: "intersection",
      thresholds: thresholds(random, () => 1 + random.integer(5)),
      letters: letters(),
    },
    { field: "block", kind: "exact", letters: letters() },
    { field: "title", kind: "exact", letters: letters() },
  ];
  return some.filter(() => random.next() < 0.7);
}

function shardParts(rows: readonly MadeRow[][], settings: LinkageSettings): ShardPart[] {
  return rows.flatMap((ofSource, s) => {
    const [batch] = batchesOf(settings.sources[s] as string, ofSource, [...fields], 1e6) as [RecordBatch];
    return partition(batch, blockKeys(batch, settings), settings, 1);
  });
}

/** The bytes of the scored pairs, and the pairs by rule. */
function scoredBytes(parts: readonly ShardPart[], settings: LinkageSettings, options: OpenOptions): string {
  const pairs = new ShardPairs(parts, madeFrozen(settings), settings, { index: 0, count: 1 }, options);
  const { pairs: table, pairsByRule } = scoreShard(pairs, madeModel(settings, settings.seed));
  return `${pairsByRule.join()} ${Buffer.from(encodeTable(table)).toString("base64")}`;
}

describe("a scan", () => {
  test("has its kernel: these tests would otherwise compare TypeScript with itself", () => {
    expect(openKernel("linkage", kernelMemory(2, 65_536))).toBeDefined();
  });

  test("gives the pairs, levels and weights of the reference, byte for byte, by kernel and by TypeScript", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.boolean(),
        fc.constantFrom(-1e9, 0, 8),
        (seed, dedupe, keepWeight) => {
          const random = seededRandom(seed);
          const known: string[] = [];
          const rows = ["a", "b", "c"].map((prefix) =>
            madeRows(random, prefix, random.integer(60), known, 10 ** (1 + random.integer(3))),
          );
          const settings = { ...madeSettings(random, madeComparisons(random), dedupe), keepWeight, seed };
          const parts = shardParts(rows, settings);
          const reference = scoredBytes(parts, settings, { reference: true });
          expect(scoredBytes(parts, settings, { scanner: plainScan })).toBe(reference);
          expect(scoredBytes(parts, settings, {})).toBe(reference);
          expect(scoredBytes(parts, settings, { scanner: threadedScan(3, 20) })).toBe(reference);
          const slices = [0, 1, 2].map((index) => ({ slice: { index, count: 3 } }));
          const pairsOf = (bytes: string): number =>
            bytes
              .split(" ")[0]
              ?.split(",")
              .reduce((sum, n) => sum + Number(n), 0) ?? 0;
          const sliced = slices.map((slice) => scoredBytes(parts, settings, slice));
          expect(slices.map((slice) => scoredBytes(parts, settings, { ...slice, scanner: plainScan }))).toEqual(sliced);
          expect(sliced.reduce((sum, bytes) => sum + pairsOf(bytes), 0)).toBe(pairsOf(reference));
        },
      ),
      { seed: 41, numRuns: 60 },
    );
  });

  test("gives a million similarities as the reference does, in blocks larger than a tile", () => {
    const random = seededRandom(42);
    const known: string[] = [];
    const comparisons: ComparisonSettings[] = [
      {
        field: "director",
        kind: "jaroWinkler",
        thresholds: [0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.95, 0.97, 0.99],
      },
    ];
    const settings = {
      ...madeSettings(random, comparisons, false),
      rules: [
        { name: "level", keys: [{ field: "level", maker: "text" as const }] },
        { name: "title", keys: [{ field: "title", maker: "start" as const, length: 1 }] },
      ],
    };
    const rows = ["a", "b"].map((prefix) => madeRows(random, prefix, 1_400, known, 20));
    const parts = shardParts(rows, settings);
    const reference = scoredBytes(parts, settings, { reference: true });
    expect(Number(reference.split(",")[0])).toBeGreaterThan(1e6);
    expect(scoredBytes(parts, settings, { scanner: plainScan }) === reference).toBe(true);
    expect(scoredBytes(parts, settings, {}) === reference).toBe(true);
    for (const threads of [2, 5])
      expect(scoredBytes(parts, settings, { scanner: threadedScan(threads, 1000) }) === reference).toBe(true);
  });
});
