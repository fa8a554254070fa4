import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowAt, type Table, TableBuilder } from "../../columns/index.ts";
import type { Model } from "../classify/index.ts";
import { packPattern } from "../classify/pattern.ts";
import { comparisonOf } from "../compare/index.ts";
import { madeFields, profilesOf } from "../fixtures/made-records.ts";
import { type Decision, inferLinkage, type LinkageSettings } from "../index.ts";
import { cluster, OpenClustering } from "./cluster.ts";
import { unseenPairs } from "./unseen-pairs.ts";

const sources = ["a", "b", "c"];
const perSource = 6;

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
}

/** A model of which clustering reads the settings only. */
function modelOf(overrides: Partial<LinkageSettings>): Model {
  const settings = inferLinkage({ entityType: "film", sources, fields: profilesOf(madeFields, sources) }, overrides);
  return {
    kind: "kindred-linkage-model",
    version: 1,
    settings: { ...settings, fields: [...settings.fields] },
    recordCountBySource: {},
    iterations: 0,
    rules: [],
  };
}

const refOf = (record: number) => ({
  source: sources[Math.floor(record / perSource)] as string,
  id: `id${record}`,
});

/** A shard's scored pairs; every field agrees at its best, so that no guard speaks. */
function scoredTable(pairs: readonly Pair[], { settings }: Model): Table {
  const best = packPattern(settings.comparisons.map((one) => comparisonOf(one).levels.length));
  const sides = ["left", "right"].flatMap((side) => [
    { name: `${side}_source`, kind: "text" as const },
    { name: `${side}_row`, kind: "number" as const },
    { name: `${side}_id`, kind: "text" as const },
  ]);
  const numbers = ["rule", "pattern", "weight"].map((name) => ({ name, kind: "number" as const }));
  const builder = new TableBuilder([...sides, ...numbers]);
  for (const { left, right, weight } of pairs) {
    const side = (record: number) => [refOf(record).source, record % perSource, refOf(record).id];
    builder.append([...side(left), ...side(right), 0, best, weight]);
  }
  return builder.build();
}

function recordTables(levels: readonly (string | null)[]) {
  return sources.map((source, s) => {
    const builder = new TableBuilder([
      { name: "id", kind: "text" },
      { name: "level", kind: "text" },
    ]);
    for (let row = 0; row < perSource; row++) {
      const record = s * perSource + row;
      builder.append([refOf(record).id, levels[record] ?? null]);
    }
    return { source, table: builder.build() };
  });
}

const rowsOf = (table: Table) => Array.from({ length: table.rowCount }, (_, row) => rowAt(table, row));
const total = sources.length * perSource;
const noLevels = Array<null>(total).fill(null);

/** The cluster of each record. */
function clustersOf(result: ReturnType<typeof cluster>): Map<string, number> {
  return new Map(rowsOf(result.entities).map((row) => [row.id as string, row.cluster as number]));
}

const record = fc.nat(total - 1);
const pairs = fc
  .uniqueArray(fc.tuple(record, record), {
    maxLength: 60,
    selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`,
  })
  .chain((drawn) =>
    fc
      .array(fc.integer({ min: -8, max: 8 }), { minLength: drawn.length, maxLength: drawn.length })
      .map((weights) =>
        drawn.flatMap(([a, b], i): Pair[] =>
          a === b ? [] : [{ left: Math.min(a, b), right: Math.max(a, b), weight: weights[i] as number }],
        ),
      ),
  );
const decisions = fc.array(
  fc.record({ kind: fc.constantFrom("same" as const, "different" as const), left: record, right: record }),
  { maxLength: 8 },
);
const levels = fc.array(fc.constantFrom("film", "series", null), { minLength: total, maxLength: total });

describe("clustering", () => {
  test("of rivals that a calibration makes equal, the one that weighed more is joined", () => {
    const flat = [-20, 20].map((weight) => ({ weight, calibrated: 4, pairs: 1 }));
    const model = {
      ...modelOf({ dedupe: false }),
      calibration: { pairs: 2, matches: 2, slope: 1, shift: 0, knots: flat },
    };
    const [film, lighter, heavier] = [0, perSource, perSource + 1];
    const rivals = [
      { left: film, right: lighter, weight: 3 },
      { left: film, right: heavier, weight: 5 },
    ];
    const result = cluster({ scored: [scoredTable(rivals, model)], records: recordTables(noLevels), model });
    expect(rowsOf(result.pairs).map(({ weight, outcome }) => [weight, outcome])).toEqual([
      [4, "review"],
      [4, "match"],
    ]);
  });

  test("keeps levels, decisions and sources whatever pairs say, and every record in one entity", () => {
    fc.assert(
      fc.property(pairs, decisions, levels, fc.boolean(), fc.boolean(), (drawn, said, level, dedupe, oneToOne) => {
        const model = modelOf({ dedupe, oneToOne });
        const kept = dedupe ? drawn : drawn.filter((one) => refOf(one.left).source !== refOf(one.right).source);
        const asked: Decision[] = said.map((one) => ({
          kind: one.kind,
          left: refOf(one.left),
          right: refOf(one.right),
        }));
        const result = cluster({
          scored: [scoredTable(kept, model)],
          records: recordTables(level),
          model,
          decisions: asked,
        });
        const clusters = clustersOf(result);
        expect(rowsOf(result.entities)).toHaveLength(total);
        expect(clusters.size).toBe(total);
        for (const one of asked.filter((decision) => !result.refusedDecisions.includes(decision))) {
          const together = clusters.get(one.left.id) === clusters.get(one.right.id);
          expect(together).toBe(one.kind === "same");
        }
        const joinedByDecision = asked.some((one) => one.kind === "same");
        for (const members of Map.groupBy(rowsOf(result.entities), (row) => row.cluster).values()) {
          const known = members.map((row) => level[Number((row.id as string).slice(2))]).filter(Boolean);
          expect(new Set(known).size).toBeLessThanOrEqual(1);
          if ((oneToOne || !dedupe) && !joinedByDecision)
            expect(new Set(members.map((row) => row.source)).size).toBe(members.length);
        }
        for (const pair of rowsOf(result.pairs).filter((row) => row.outcome === "match"))
          expect(clusters.get(pair.left_id as string)).toBe(clusters.get(pair.right_id as string));
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  test("does not depend on the order of shards, pairs and records' tables", () => {
    fc.assert(
      fc.property(pairs, levels, fc.nat(60), (drawn, level, cut) => {
        const model = modelOf({ dedupe: true });
        const whole = cluster({ scored: [scoredTable(drawn, model)], records: recordTables(level), model });
        const mixed = cluster({
          scored: [drawn.slice(cut).reverse(), drawn.slice(0, cut)].map((part) => scoredTable(part, model)),
          records: recordTables(level).reverse(),
          model,
        });
        expect(rowsOf(mixed.pairs)).toEqual(rowsOf(whole.pairs));
        expect(rowsOf(mixed.entities)).toEqual(rowsOf(whole.entities));
      }),
      { seed: 52, numRuns: 100 },
    );
  });

  test("gives a contested record to the surer pair, and keeps the other for review", () => {
    const model = modelOf({});
    const contested = [
      { left: 0, right: perSource, weight: 3 },
      { left: 0, right: perSource + 1, weight: 5 },
    ];
    const result = cluster({ scored: [scoredTable(contested, model)], records: recordTables(noLevels), model });
    expect(rowsOf(result.pairs).map((row) => [row.right_id, row.outcome, row.reason])).toEqual([
      ["id6", "review", "the entity already holds a record of that source"],
      ["id7", "match", ""],
    ]);
  });

  test("cuts an entity at a weak link that a compared pair contradicts, with the numbers, but not what people joined", () => {
    const model = modelOf({});
    const [a, b, c] = [0, perSource, 2 * perSource] as [number, number, number];
    const chain = [
      { left: a, right: b, weight: 7 },
      { left: b, right: c, weight: 1 },
      { left: a, right: c, weight: -6 },
    ];
    const run = (drawn: readonly Pair[], asked: readonly Decision[] = []) =>
      cluster({ scored: [scoredTable(drawn, model)], records: recordTables(noLevels), model, decisions: asked });
    const cut = run(chain);
    expect(clustersOf(cut).get("id0")).toBe(clustersOf(cut).get("id6"));
    expect(clustersOf(cut).get("id6")).not.toBe(clustersOf(cut).get("id12"));
    expect(rowsOf(cut.pairs).map((row) => [row.outcome, row.reason])).toEqual([
      ["match", ""],
      ["rejected", "below the threshold"],
      ["review", "a weak link: what joins 2 and 1 records is 1 match of weight 1.0, against 6.0 of 1 compared pair"],
    ]);
    const neverCompared = run(chain.slice(0, 2));
    expect(new Set(["id0", "id6", "id12"].map((id) => clustersOf(neverCompared).get(id))).size).toBe(1);
    const decided = run(chain, [{ kind: "same", left: refOf(b), right: refOf(c) }]);
    expect(new Set(["id0", "id6", "id12"].map((id) => clustersOf(decided).get(id))).size).toBe(1);
  });

  test("cuts by pairs that were compared and not kept, and asks for those within entities only", () => {
    const model = modelOf({});
    const [a, b, c] = [0, perSource, 2 * perSource] as [number, number, number];
    const chain = [
      { left: a, right: b, weight: 7 },
      { left: b, right: c, weight: 6 },
      { left: 1, right: b + 1, weight: 5 },
    ];
    const open = new OpenClustering({ scored: [scoredTable(chain, model)], records: recordTables(noLevels), model });
    expect(unseenPairs(open.join())).toEqual([[a, c]]);
    const cut = open.finish(open.join(), [{ left: a, right: c, weight: -24 }]);
    expect(clustersOf(cut).get("id0")).toBe(clustersOf(cut).get("id6"));
    expect(clustersOf(cut).get("id12")).not.toBe(clustersOf(cut).get("id6"));
    const whole = open.finish(open.join(), [{ left: a, right: c, weight: -4 }]);
    expect(clustersOf(whole).get("id12")).toBe(clustersOf(whole).get("id0"));
  });

  test("tells of every record whether it is new, has a match or needs a person's look, and by which pair", () => {
    const model = modelOf({});
    const drawn = [
      { left: 0, right: perSource, weight: 5 },
      { left: 0, right: perSource + 1, weight: -1 },
      { left: 1, right: perSource + 1, weight: -2 },
      { left: 2, right: perSource + 2, weight: -2.5 },
      { left: 3, right: perSource + 3, weight: -7 },
    ];
    const decided: Decision = { kind: "different", left: refOf(2), right: refOf(perSource + 2) };
    const { entities } = cluster({
      scored: [scoredTable(drawn, model)],
      records: recordTables(noLevels),
      model,
      decisions: [decided],
    });
    const told = new Map(rowsOf(entities).map((row) => [row.id, [row.outcome, row.pair]]));
    expect(told.get("id0")).toEqual(["match", 0]);
    expect(told.get("id6")).toEqual(["match", 0]);
    expect(told.get("id1")).toEqual(["review", 2]);
    expect(told.get("id7")).toEqual(["review", 1]);
    for (const id of ["id2", "id8", "id3", "id9"]) expect(told.get(id)).toEqual(["new", -1]);
  });

  test("refuses decisions about unknown records, about one record, and against one another", () => {
    const model = modelOf({});
    const same: Decision = { kind: "same", left: refOf(0), right: refOf(6) };
    const against: Decision = { kind: "different", left: refOf(6), right: refOf(0) };
    const unknown: Decision = { kind: "same", left: refOf(0), right: { source: "b", id: "nowhere" } };
    const itself: Decision = { kind: "different", left: refOf(1), right: refOf(1) };
    const result = cluster({
      scored: [scoredTable([], model)],
      records: recordTables(noLevels),
      model,
      decisions: [against, unknown, itself, same],
    });
    expect(new Set(result.refusedDecisions)).toEqual(new Set([against, unknown, itself]));
    expect(clustersOf(result).get("id0")).toBe(clustersOf(result).get("id6"));
  });
});
