import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field, RecordBatch } from "../../../records/index.ts";
import { alikeByDefinition } from "../../fixtures/alike-by-definition.ts";
import { batchesOf, type MadeRow } from "../../fixtures/made-records.ts";
import type { TopKSettings } from "../../settings.ts";
import { BestRows } from "./best-rows.ts";
import { TopKSearch } from "./top-k-search.ts";

const fields: readonly Field[] = [
  { name: "title", kind: "title", list: false },
  { name: "people", kind: "personList", list: true },
];
const usual: TopKSettings = { fields: ["title"], k: 3, tokens: "words", q: 3, scoreMin: 0.2, postingsMax: 100 };

/** What a search finds, as `leftRow rightRow`, the rights best first. */
function found(
  left: readonly RecordBatch[],
  right: readonly RecordBatch[],
  topK: TopKSettings,
  isWithin: boolean,
  pieceRecords?: number,
): string[] {
  const search = new TopKSearch(left, topK, isWithin, pieceRecords);
  for (const batch of right) search.count(batch);
  for (const batch of right) search.search(batch);
  const best = search.finish();
  const first = left[0]?.firstRow ?? 0;
  const count = left.reduce((sum, { table }) => sum + table.rowCount, 0);
  return Array.from({ length: count }, (_, i) => [...best.of(i)].map((row) => `${first + i} ${row}`)).flat();
}

const word = fc.constantFrom("river", "rivers", "gold", "golden", "mother", "The", "of", "Ночь", "東京", "2", "II");
const title = fc.option(
  fc.array(word, { maxLength: 5 }).map((words) => words.join(" ")),
  { freq: 8 },
);
const people = fc.array(fc.constantFrom("Ada Abara", "Bela Brandt", "Ada Brandt"), { maxLength: 3 });
const rows = fc
  .array(fc.tuple(title, people), { maxLength: 14 })
  .map((all) => all.map(([name, persons], i): MadeRow => [`${i}`, name, persons]));
const topKs = fc.record({
  fields: fc.constantFrom<string[]>(["title"], ["people"], ["title", "people"]),
  k: fc.integer({ min: 1, max: 4 }),
  tokens: fc.constantFrom("words" as const, "qgrams" as const),
  q: fc.integer({ min: 2, max: 5 }),
  scoreMin: fc.constantFrom(0, 0.2, 0.6),
  postingsMax: fc.constantFrom(2, 5, 100),
});

describe("the records most like one", () => {
  test("are those that comparing with every record finds, in whatever pieces the source is indexed", () => {
    fc.assert(
      fc.property(rows, rows, topKs, fc.integer({ min: 1, max: 20 }), (left, right, topK, pieceRecords) => {
        const lefts = batchesOf("a", left, fields, 5);
        const rights = batchesOf("b", right, fields, 4);
        expect(found(lefts, rights, topK, false, pieceRecords)).toEqual(alikeByDefinition(lefts, rights, topK, false));
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  test("within a source come after it, and are the same in whatever pieces it is looked up", () => {
    fc.assert(
      fc.property(rows, topKs, fc.integer({ min: 1, max: 6 }), (all, topK, batchRows) => {
        const batches = batchesOf("a", all, fields, batchRows);
        const whole = alikeByDefinition(batches, batches, topK, true);
        expect(found(batches, batches, topK, true)).toEqual(whole);
        expect(batches.flatMap((batch) => found([batch], batches, topK, true))).toEqual(whole);
      }),
      { seed: 22, numRuns: 200 },
    );
  });

  test("are found through dropped words and misspelt ones, by words and by runs of characters", () => {
    const left = batchesOf("a", [["0", "Birdman or the Unexpected Virtue of Ignorance", null]], fields);
    const names = ["Birdman", "Bridman", "Virtue and Patience", "Ignorance: an unexpected virtue", "Orchard"];
    const right = batchesOf(
      "b",
      names.map((name, i): MadeRow => [`${i}`, name, null]),
      fields,
    );
    expect(found(left, right, usual, false)).toEqual(["0 3", "0 0"]);
    const misspelt = batchesOf("a", [["0", "Birdmann", null]], fields);
    expect(found(misspelt, right, usual, false)).toEqual([]);
    expect(found(misspelt, right, { ...usual, tokens: "qgrams" }, false)).toEqual(["0 0"]);
  });
});

test("the best few rows are the first of all that were offered, by score and then by row", () => {
  const offers = fc.array(fc.tuple(fc.nat(30), fc.constantFrom(0.1, 0.25, 0.5, 1)), { maxLength: 30 });
  fc.assert(
    fc.property(offers, fc.integer({ min: 1, max: 6 }), (offered, k) => {
      const distinct = [...new Map(offered).entries()];
      const best = new BestRows(3, k);
      for (const record of [0, 2]) {
        best.turnTo(record);
        for (const [row, score] of distinct) best.offer(row, score);
      }
      const expected = distinct.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([row]) => row);
      expect([...best.of(0)]).toEqual(expected.slice(0, k));
      expect([...best.of(1)]).toEqual([]);
      expect([...best.of(2)]).toEqual(expected.slice(0, k));
    }),
    { seed: 23, numRuns: 200 },
  );
});

describe("a hostile record", () => {
  const long = "x".repeat(10 * 1024 * 1024);
  const crowd = Array.from({ length: 100_000 }, (_, i) => `Person ${i}`);

  test("of 10 MB in one title, or 100,000 list members, is looked up in bounded time", () => {
    const batch = batchesOf(
      "a",
      [
        ["0", long, crowd],
        ["1", `${long} y`, crowd],
        ["2", "x", ["Person 7"]],
      ],
      fields,
    );
    const before = process.cpuUsage();
    expect(found(batch, batch, { ...usual, fields: ["title", "people"] }, true)).toContain("0 1");
    expect(found(batch, batch, { ...usual, tokens: "qgrams" }, true)).toEqual(["0 1"]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(2);
  });

  test("without any word has nothing like it, and a source without records neither", () => {
    const empty = batchesOf(
      "a",
      [
        ["0", null, []],
        ["1", "!!", null],
      ],
      fields,
    );
    expect(found(empty, empty, usual, true)).toEqual([]);
    expect(found(empty, batchesOf("b", [], fields), usual, false)).toEqual([]);
    expect(found([], empty, usual, false)).toEqual([]);
  });

  test("is not the price of all: a word that too many records have is not looked up", () => {
    const all = Array.from({ length: 300 }, (_, i): MadeRow => [`${i}`, `Untitled ${i}`, null]);
    const batch = batchesOf("a", all, fields);
    expect(found(batch, batch, usual, true)).toEqual([]);
    expect(found(batch, batch, { ...usual, scoreMin: 0, postingsMax: 1_000 }, true).length).toBeGreaterThan(800);
  });
});
