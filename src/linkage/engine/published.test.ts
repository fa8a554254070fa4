import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { columnOf, rowAt, type Table } from "../../columns/index.ts";
import type { Field, RecordBatch } from "../../records/index.ts";
import { madeFrozen, madeModel } from "../fixtures/made-model.ts";
import { batchesOf, type MadeRow } from "../fixtures/made-records.ts";
import { blockKeys, partition, ShardPairs, scoreShard } from "../index.ts";
import { inferLinkage } from "../infer-linkage.ts";
import type { ComparisonSettings, LinkageSettings } from "../settings.ts";
import { plainScan, type Scanner, wasmScan } from "./index.ts";

const fields: readonly Field[] = [
  { name: "title", kind: "text", list: false },
  { name: "block", kind: "text", list: false },
  { name: "year", kind: "year", list: false },
  { name: "words", kind: "category", list: true },
];

/** Pairs of texts with the similarity that rapidfuzz gives; scripts/make-jaro-winkler-vectors.py made them. */
const vectors = readFileSync(new URL("../../../test/vectors/jaro-winkler.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as [left: string, right: string, similarity: number])
  .filter(([left, right]) => left !== "" && right !== "");

const scanners: readonly (readonly [string, Scanner])[] = [
  ["kernel", wasmScan],
  ["TypeScript", plainScan],
];

function settingsOf(comparisons: readonly ComparisonSettings[], keepWeight: number): LinkageSettings {
  const rules = [{ name: "block", keys: [{ field: "block", maker: "text" as const }] }];
  return inferLinkage(
    {
      entityType: "film",
      sources: ["a", "b"],
      fields: fields.map((field) => ({ ...field, fillBySource: { a: 1, b: 1 } })),
    },
    { rules, comparisons: [...comparisons], keepWeight, blockPairsMax: 1e9 },
  );
}

/** The scored pairs of the vectors' texts, in blocks of so many. */
function scored(settings: LinkageSettings, blockCount: number, scanner: Scanner): Table {
  const parts = ["a", "b"].flatMap((source, side) => {
    const rows = vectors.map((vector, i): MadeRow => {
      const text = vector[side as 0 | 1];
      return [`${i}`, text, `${i % blockCount}`, 1950 + (i % 7) + side, [...text.slice(0, 5)]];
    });
    const [batch] = batchesOf(source, rows, [...fields], 1e6) as [RecordBatch];
    return partition(batch, blockKeys(batch, settings), settings, 1);
  });
  const pairs = new ShardPairs(parts, madeFrozen(settings), settings, { index: 0, count: 1 }, { scanner });
  return scoreShard(pairs, madeModel(settings, 7)).pairs;
}

describe.each(scanners)("a scan by %s", (_, scanner) => {
  test("finds the similarities that rapidfuzz finds, for texts long and short, in any script", () => {
    for (let shift = 0; shift < 6; shift++) {
      const thresholds = Array.from({ length: 13 }, (_, i) => 0.0371 + i * 0.0733 + shift * 0.0121);
      const settings = settingsOf([{ field: "title", kind: "jaroWinkler", thresholds }], -1e9);
      const pairs = scored(settings, vectors.length, scanner);
      const [row, pattern] = ["left_row", "pattern"].map((name) => columnOf(pairs, name, "number").values);
      expect(pairs.rowCount).toBe(vectors.length);
      row?.forEach((at, i) => {
        const [left, right, similarity] = vectors[at] as (typeof vectors)[number];
        const reached = thresholds.filter((threshold) => similarity >= threshold).length;
        expect([left, right, pattern?.[i]]).toEqual([left, right, left === right ? 15 : 1 + reached]);
      });
    }
  });

  test("that stops early gives the pairs of one that does not, to the last bit of their weights", () => {
    const comparisons: readonly ComparisonSettings[] = [
      { field: "title", kind: "jaroWinkler" },
      { field: "year", kind: "difference" },
      { field: "words", kind: "intersection" },
    ];
    const whole = scored(settingsOf(comparisons, -1e9), 20, scanner);
    const weight = columnOf(whole, "weight", "number").values;
    for (const keepWeight of [0, 6]) {
      const kept = Array.from({ length: whole.rowCount }, (_, i) => i).filter(
        (i) => (weight[i] as number) >= keepWeight,
      );
      const early = scored(settingsOf(comparisons, keepWeight), 20, scanner);
      expect(early.rowCount).toBe(kept.length);
      expect(kept.length).toBeGreaterThan(500);
      expect(kept.length).toBeLessThan(whole.rowCount / 2);
      const text = (table: Table, i: number): string => JSON.stringify(rowAt(table, i));
      expect(kept.every((at, i) => text(whole, at) === text(early, i))).toBe(true);
    }
  });
});
