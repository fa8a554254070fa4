import { describe, expect, test } from "vitest";
import { comparisonOf } from "../compare/index.ts";
import { linkInMemory } from "../fixtures/link-in-memory.ts";
import { batchesOf, type MadeRow, madeFields, madeFilms, profilesOf } from "../fixtures/made-records.ts";
import { inferLinkage, type LinkageSettings, modelSchema } from "../index.ts";
import type { ComparisonSettings } from "../settings.ts";

const sources = ["a", "b"];

function linked(rows: ReadonlyMap<string, readonly MadeRow[]>, overrides: Partial<LinkageSettings> = {}) {
  const settings = inferLinkage({ entityType: "film", sources, fields: profilesOf(madeFields, sources) }, overrides);
  return linkInMemory(new Map([...rows].map(([source, of]) => [source, batchesOf(source, of)])), settings, 2);
}

/** Data that tell training little, by what is little about them. */
const meagre: Readonly<Record<string, ReadonlyMap<string, readonly MadeRow[]>>> = {
  "ten films": madeFilms(2, 10, sources),
  "no film": new Map([
    ["a", []],
    ["b", []],
  ]),
  "one title in every record": new Map(
    sources.map((source) => [
      source,
      Array.from({ length: 40 }, (_, i): MadeRow => [`${source}${i}`, "Mother", 1990, null, null, null]),
    ]),
  ),
  "no value but the title": new Map(
    sources.map((source) => [
      source,
      Array.from({ length: 40 }, (_, i): MadeRow => [`${source}${i}`, `Silent River ${i}`, null, null, null, null]),
    ]),
  ),
};

describe("training", () => {
  test.for(Object.keys(meagre))("on %s gives weights that are finite, bounded and rise with agreement", (name) => {
    const { model } = linked(meagre[name] as ReadonlyMap<string, readonly MadeRow[]>);
    expect(modelSchema.safeParse(model).success).toBe(true);
    for (const rule of model.rules) {
      expect(Number.isFinite(rule.priorWeight)).toBe(true);
      rule.comparisons.forEach((trained, c) => {
        const { levels, ascending } = comparisonOf(model.settings.comparisons[c] as ComparisonSettings);
        trained.levels.forEach(({ weight }, i) => {
          const { weightMin = -20, weightMax = 20 } = levels[i] as (typeof levels)[number];
          expect(weight).toBeGreaterThanOrEqual(weightMin);
          expect(weight).toBeLessThanOrEqual(weightMax);
        });
        const rising = ascending.map((level) => trained.levels[level - 1]?.weight as number);
        expect(rising).toEqual(rising.toSorted((x, y) => x - y));
      });
    }
  });

  test("a rule with three pairs takes its shares from the others, and cannot turn agreement into evidence against", () => {
    const withGenre = (row: MadeRow, genre: string[] | null): MadeRow => row.with(4, genre) as unknown as MadeRow;
    const rows = new Map(
      [...madeFilms(4, 150, sources)].map(([source, films]) => {
        const rare = [0, 1, 2].map(
          (i): MadeRow => [
            `${source}-rare${i}`,
            source === "a" ? `Quartz Nebula ${i}` : `Velvet Comet ${i}`,
            2001,
            null,
            [`genre${i}`],
            null,
          ],
        );
        return [source, [...films.map((film) => withGenre(film, null)), ...rare]] as const;
      }),
    );
    const { model } = linked(rows, {
      rules: [
        { name: "same title", keys: [{ field: "title", maker: "title" }] },
        { name: "same genre", keys: [{ field: "genres", maker: "exact" }] },
      ],
    });
    const [large, small] = model.rules;
    expect(large?.pairs).toBeGreaterThan(50);
    expect(small?.pairs).toBe(3);
    const titles = small?.comparisons.find((one) => one.field === "title")?.levels ?? [];
    expect(titles.at(-1)?.weight).toBeGreaterThan(3);
    expect(titles[0]?.weight).toBeLessThan(-2);
    expect(small?.prior).toBeLessThan(0.1);
  });

  describe("of an identifier whose rule took the pairs that share it", () => {
    const fields = [...madeFields, { name: "imdb", kind: "imdb", list: false } as const];
    const three = ["a", "b", "c"];
    const idOf = (id: string): string => `tt${String(1_000_000 + Number(id.slice(1)))}`;

    function weightsOfDifferent(idBySource: Readonly<Record<string, (id: string) => string | null>>): number[] {
      const films = madeFilms(8, 300, three);
      const withIds = (source: string): MadeRow[] =>
        (films.get(source) ?? []).map((row) => [...row, idBySource[source]?.(row[0]) ?? null]);
      const batches = new Map(three.map((source) => [source, batchesOf(source, withIds(source), fields)]));
      const settings = inferLinkage({ entityType: "film", sources: three, fields: profilesOf(fields, three) });
      const others = linkInMemory(batches, settings, 2).model.rules.filter(({ rule }) => rule !== "same imdb");
      return others.flatMap(({ comparisons, pairs }) => {
        const level = comparisons.find(({ field }) => field === "imdb")?.levels[0];
        expect(level?.label).toBe("different IMDb ids");
        return pairs === 0 ? [] : [level?.weight as number];
      });
    }

    test("a different one speaks against in films of one title, though a source has none", () => {
      const weights = weightsOfDifferent({ a: idOf, b: idOf, c: () => null });
      expect(weights[0]).toBeLessThan(-3);
      expect(Math.max(...weights)).toBeLessThanOrEqual(0);
    });

    test("a different one says nothing where every record has one", () => {
      const other = (id: string): string => `tt${String(2_000_000 + Number(id.slice(1)))}`;
      const weights = weightsOfDifferent({ a: idOf, b: idOf, c: other });
      expect(weights.length).toBeGreaterThan(1);
      expect(weights).toEqual(weights.map(() => expect.closeTo(0, 6)));
    });
  });

  test("gives the same model every time", () => {
    const rows = madeFilms(6, 120, sources);
    expect(linked(rows).model).toEqual(linked(rows).model);
  });
});
