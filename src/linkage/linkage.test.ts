import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unrivalledMax } from "./classify/unrivalled.ts";
import { stableJson } from "../base/index.ts";
import { concatTables, rowAt, selectRows, type Table, type Value } from "../columns/index.ts";
import type { RecordBatch } from "../records/index.ts";
import { type BlockChanges, hashesOfPart, ruleOfKey } from "./blocking/index.ts";
import { alikeByDefinition } from "./fixtures/alike-by-definition.ts";
import { linkInMemory } from "./fixtures/link-in-memory.ts";
import { batchesOf, type MadeRow, madeFields, madeFilms, profilesOf } from "./fixtures/made-records.ts";
import { type BlockingRule, blockKeys, explainPair, inferLinkage, type LinkageSettings } from "./index.ts";

const sources = ["a", "b", "c"];

function settingsOf(overrides: Partial<LinkageSettings> = {}, names = sources): LinkageSettings {
  return inferLinkage(
    { entityType: "film", sources: names, fields: profilesOf(madeFields, names) },
    { keepWeight: -100, ...overrides },
  );
}

function batched(rows: ReadonlyMap<string, readonly MadeRow[]>, batchRows?: number): Map<string, RecordBatch[]> {
  return new Map([...rows].map(([source, of]) => [source, batchesOf(source, of, madeFields, batchRows)]));
}

const topKRules: BlockingRule[] = [
  {
    name: "like words",
    keys: [],
    topK: { fields: ["title"], tokens: "words", k: 2, q: 3, scoreMin: 0.2, postingsMax: 30 },
  },
  {
    name: "like runs of letters",
    keys: [],
    topK: { fields: ["title", "directors"], tokens: "qgrams", k: 1, q: 3, scoreMin: 0.3, postingsMax: 100 },
  },
];

const rowsOf = (table: Table): Record<string, Value>[] =>
  Array.from({ length: table.rowCount }, (_, row) => rowAt(table, row));

/** The scored pairs of all shards as sorted lines: left, right, rule, weight. */
function pairLines(scored: readonly Table[]): string[] {
  return rowsOf(concatTables(scored))
    .map((row) => [row.left_source, row.left_id, row.right_source, row.right_id, row.rule, row.weight].join(" "))
    .sort();
}

/** Every pair that should be made: each once, under the first rule that gives both records a key in common. */
function pairsByDefinition(
  batches: ReadonlyMap<string, readonly RecordBatch[]>,
  settings: LinkageSettings,
  { droppedBlocks, splitBlocks }: BlockChanges,
): string[] {
  const dropped = new Set(droppedBlocks.map((block) => block.key));
  const splits = new Map(splitBlocks.map((block) => [block.key, block.by]));
  const records = [...batches].flatMap(([source, of]) =>
    of.flatMap((batch) => {
      const { ends, keys } = blockKeys(batch, settings);
      const partsOf = (key: number, row: number): string[] => {
        const by = splits.get(key);
        return by === undefined ? [`${key}`] : hashesOfPart(batch.table, by)(row).map((hash) => `${key} ${hash}`);
      };
      return rowsOf(batch.table).map((values, row) => ({
        source,
        values,
        keys: [...keys.subarray(row === 0 ? 0 : ends[row - 1], ends[row])]
          .filter((key) => !dropped.has(key))
          .flatMap((key) => partsOf(key, row)),
      }));
    }),
  );
  const alike = alikePairs(batches, settings);
  return records
    .flatMap((left, i) => records.slice(i + 1).map((right) => ({ left, right })))
    .filter(({ left, right }) => settings.dedupe || left.source !== right.source)
    .filter(
      ({ left, right }) =>
        left.values.level === null || right.values.level === null || left.values.level === right.values.level,
    )
    .flatMap(({ left, right }) => {
      const rules = left.keys
        .filter((key) => right.keys.includes(key))
        .map((key) => ruleOfKey(Number(key.split(" ")[0])));
      const ids = [left.source, left.values.id, right.source, right.values.id].join(" ");
      const rule = rules.length > 0 ? Math.min(...rules) : alike.get(ids);
      return rule === undefined ? [] : [`${ids} ${rule}`];
    })
    .sort();
}

/** The pairs that rules with `topK` make, by their ids, each with the first such rule. */
function alikePairs(
  batches: ReadonlyMap<string, readonly RecordBatch[]>,
  settings: LinkageSettings,
): Map<string, number> {
  const idAt = (source: string, row: string): Value =>
    (batches.get(source) ?? []).flatMap((batch) => rowsOf(batch.table))[Number(row)]?.id ?? null;
  const pairs = [...settings.rules.entries()].flatMap(([rule, { topK }]) =>
    settings.sources.flatMap((left, at) =>
      topK === undefined
        ? []
        : settings.sources.slice(settings.dedupe ? at : at + 1).flatMap((right) =>
            alikeByDefinition(batches.get(left) ?? [], batches.get(right) ?? [], topK, left === right).map((rows) => {
              const [leftRow = "", rightRow = ""] = rows.split(" ");
              return [`${left} ${idAt(left, leftRow)} ${right} ${idAt(right, rightRow)}`, rule] as const;
            }),
          ),
    ),
  );
  return new Map(pairs.reverse());
}

describe("a linkage", () => {
  test("makes each pair once, under its first rule, as the definition over all pairs says", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 2, max: 40 }),
        fc.boolean(),
        fc.constantFrom(20, 250_000),
        fc.subarray(topKRules),
        (seed, count, dedupe, blockPairsMax, topK) => {
          const batches = batched(madeFilms(seed, count, sources));
          const byKeys = settingsOf().rules.filter((rule) => rule.topK === undefined);
          const settings = settingsOf({ dedupe, blockPairsMax, rules: [...topK, ...byKeys] });
          const { scored, frozen } = linkInMemory(batches, settings, 3);
          const found = pairLines(scored).map((line) => line.slice(0, line.lastIndexOf(" ")));
          expect(found).toEqual(pairsByDefinition(batches, settings, frozen.facts));
        },
      ),
      { seed: 5, numRuns: 25 },
    );
  });

  test("is the same whatever the number of shards and the size of batches: model, pairs and entities", () => {
    const rows = madeFilms(11, 300, sources);
    const rules = [...settingsOf().rules, ...topKRules];
    const whole = linkInMemory(batched(rows), settingsOf({ rules }), 1);
    for (const [shards, batchRows] of [
      [4, 1_000],
      [16, 37],
      [5, 1],
    ] as const) {
      const cut = linkInMemory(batched(rows, batchRows), settingsOf({ rules }), shards);
      expect(stableJson(cut.model)).toBe(stableJson(whole.model));
      expect(pairLines(cut.scored)).toEqual(pairLines(whole.scored));
      expect(rowsOf(cut.clustering.entities)).toEqual(rowsOf(whole.clustering.entities));
      expect(rowsOf(cut.clustering.pairs)).toEqual(rowsOf(whole.clustering.pairs));
    }
  });

  test("is the same in whatever order its sources arrive, and with a sample of records larger than it can keep", () => {
    const rows = madeFilms(12, 4_000, sources);
    const settings = settingsOf({ samplePairs: 2_000, keepWeight: -10 });
    const whole = linkInMemory(batched(rows), settings, 2);
    const turned = linkInMemory(new Map([...batched(rows, 700)].reverse()), settings, 3);
    expect(whole.frozen.facts.sampleShare).toBeLessThan(1);
    const { pairsByShard: byTwo, ...facts } = whole.frozen.facts;
    const { pairsByShard: byThree, ...turnedFacts } = turned.frozen.facts;
    expect(stableJson(turnedFacts)).toBe(stableJson(facts));
    expect([byTwo.length, byThree.length]).toEqual([2, 3]);
    expect(stableJson(turned.model)).toBe(stableJson(whole.model));
    expect(pairLines(turned.scored)).toEqual(pairLines(whole.scored));
    expect(rowsOf(turned.clustering.entities)).toEqual(rowsOf(whole.clustering.entities));
  });

  test("leaves out a block that is too large, says so, and makes its pairs by no other key of that rule", () => {
    const rows = new Map(
      ["a", "b"].map((source) => [
        source,
        Array.from({ length: 60 }, (_, i): MadeRow => [`${source}${i}`, "Mother", 1900 + i, null, null, null]),
      ]),
    );
    const settings = settingsOf({ blockPairsMax: 100 }, ["a", "b"]);
    const { frozen, scored } = linkInMemory(batched(rows), settings, 2);
    expect(frozen.facts.droppedBlocks.map((block) => block.rule)).toContain("same title");
    expect(rowsOf(concatTables(scored)).every((row) => row.rule !== 0)).toBe(true);
  });

  test("splits a block that is too large by another field, and pairs only what shares that too, for any number of shards", () => {
    const rows = new Map(
      ["a", "b"].map((source) => [
        source,
        Array.from({ length: 60 }, (_, i): MadeRow => [`${source}${i}`, "Mother", 1900 + i, null, null, null]),
      ]),
    );
    const settings = settingsOf({ blockPairsMax: 400 }, ["a", "b"]);
    const { frozen, scored } = linkInMemory(batched(rows), settings, 1);
    const { splitBlocks, droppedBlocks, largestBlocks } = frozen.facts;
    expect(droppedBlocks).toEqual([]);
    expect(splitBlocks[0]).toMatchObject({
      rule: "same title",
      pairs: 3_600,
      by: { field: "year", maker: "yearNear" },
    });
    expect(largestBlocks[0]).toMatchObject({ rule: "same title", pairs: 3_600, example: 'title "Mother"' });
    const byTitle = rowsOf(concatTables(scored)).filter((row) => row.rule === 0);
    expect(byTitle).toHaveLength(60 + 2 * 59);
    for (const shards of [2, 7])
      expect(pairLines(linkInMemory(batched(rows), settings, shards).scored)).toEqual(pairLines(scored));
  });

  test("names a key that makes most of the pairs, with the field that would split it, and foretells all pairs", () => {
    const rows = new Map(
      ["a", "b"].map((source) => [
        source,
        Array.from(
          { length: 60 },
          (_, i): MadeRow => [`${source}${i}`, i < 50 ? "Mother" : `Harbour ${i}`, 1900 + i, null, null, null],
        ),
      ]),
    );
    const { frozen, pairsByRule } = linkInMemory(batched(rows), settingsOf({}, ["a", "b"]), 2);
    const [largest] = frozen.facts.largestBlocks;
    expect(largest).toMatchObject({ rule: "same title", pairs: 2_500, couldSplit: { by: { field: "year" } } });
    expect(largest?.couldSplit?.pairsAfter).toBeLessThan(500);
    // The two years of a pair share two keys of "year within one", yet make one pair.
    const foretold = frozen.facts.pairsByRule.map(({ pairs }) => pairs);
    expect(foretold[0]).toBe(pairsByRule[0]);
    expect(foretold[1]).toBe(50 + 2 * 49 + 10);
  });

  test("that writes only likely pairs writes just those that may be, of a linkage that writes all, with the same weights", () => {
    const rows = madeFilms(13, 150, sources);
    const all = linkInMemory(batched(rows), settingsOf(), 2);
    const likely = linkInMemory(batched(rows), settingsOf({ keepWeight: 0 }), 2);
    // The lack of rivals, which shows when all pairs are known, may still lift a pair by as much.
    const weightMin = all.model.rules.map((rule) => -unrivalledMax(rule));
    const expected = pairLines(all.scored).filter((line) => {
      const [rule, weight] = line.split(" ").slice(-2).map(Number) as [number, number];
      return weight >= (weightMin[rule] as number);
    });
    expect(expected.length).toBeGreaterThan(20);
    expect(expected.length).toBeLessThan(pairLines(all.scored).length);
    expect(pairLines(likely.scored)).toEqual(expected);
  });

  test("explains every pair with the very weight that it was scored with", () => {
    const rows = madeFilms(3, 120, sources);
    const batches = batched(rows);
    const { scored, model, frozen } = linkInMemory(batches, settingsOf(), 2);
    const pairs = rowsOf(concatTables(scored));
    expect(pairs.length).toBeGreaterThan(50);
    for (const pair of pairs) {
      const side = (which: "left" | "right"): Table => {
        const batch = batches.get(pair[`${which}_source`] as string)?.[0] as RecordBatch;
        return selectRows(batch.table, Int32Array.of(pair[`${which}_row`] as number));
      };
      const explained = explainPair(concatTables([side("left"), side("right")]), model, frozen, {
        rule: pair.rule as number,
      });
      expect(explained.rule).toBe(model.rules[pair.rule as number]?.rule);
      expect(explained.weight).toBeCloseTo(pair.weight as number, 9);
    }
  });
});

describe("training keeps its head", () => {
  const linked = (left: readonly MadeRow[], right: readonly MadeRow[]) =>
    linkInMemory(
      batched(
        new Map([
          ["a", left],
          ["b", right],
        ]),
      ),
      settingsOf({}, ["a", "b"]),
      2,
    );
  const films = (prefix: string, count: number, title: (i: number) => string): MadeRow[] =>
    Array.from({ length: count }, (_, i) => [
      `${prefix}${i}`,
      title(i),
      1950 + (i % 60),
      [`Person ${i % 17}`],
      null,
      "film",
    ]);
  const matchCount = ({ clustering }: ReturnType<typeof linked>): number =>
    rowsOf(clustering.pairs).filter((row) => row.outcome === "match").length;

  test("when there are only tens of records, all of which match", () => {
    const title = (i: number): string => `Harbour ${i} of the Golden ${i * 3}`;
    expect(matchCount(linked(films("a", 20, title), films("b", 20, title)))).toBe(20);
  });

  test("when nothing matches at all", () => {
    const result = linked(
      films("a", 200, (i) => `Alpha song ${i * 2}`),
      films("b", 200, (i) => `Omega tale ${i * 2 + 1}`),
    );
    expect(matchCount(result)).toBe(0);
  });

  test("when a source is empty, or both hold one record", () => {
    expect(
      matchCount(
        linked(
          [],
          films("b", 5, (i) => `Film ${i}`),
        ),
      ),
    ).toBe(0);
    expect(
      matchCount(
        linked(
          films("a", 1, () => "Only Film Here"),
          films("b", 1, () => "Only Film Here"),
        ),
      ),
    ).toBe(1);
  });
});

describe("entities", () => {
  test("never hold two levels, two records of one source, or two records that someone said are different", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const rows = madeFilms(seed, 60, sources);
        const { clustering } = linkInMemory(batched(rows), settingsOf(), 2);
        const levelOf = new Map([...rows.values()].flat().map((row) => [row[0], row[5]]));
        for (const members of Map.groupBy(rowsOf(clustering.entities), (row) => row.cluster).values()) {
          const levels = new Set(members.map((row) => levelOf.get(row.id as string)).filter((level) => level !== null));
          expect(levels.size).toBeLessThanOrEqual(1);
          expect(new Set(members.map((row) => row.source)).size).toBe(members.length);
        }
      }),
      { seed: 8, numRuns: 15 },
    );
  });
});
