import { describe, expect, test } from "vitest";
import { blockKeys, checkLinkage, inferLinkage, type LinkageSettings, linkTables, SourceTally } from "../index.ts";
import { batchesOf, madeFields, madeFilms, type MadeRow, profilesOf } from "../fixtures/made-records.ts";
import { previewLinkage } from "./preview-linkage.ts";
import { suggestRules } from "./suggest-rules.ts";

const sources = ["a", "b"];
const settings = inferLinkage({ entityType: "film", sources, fields: profilesOf(madeFields, sources) });

function countsOf(rows: ReadonlyMap<string, readonly MadeRow[]>, of = settings) {
  return [...rows].map(([source, all]) => {
    const tally = new SourceTally(of, source);
    for (const batch of batchesOf(source, all)) tally.add(batch, blockKeys(batch, of));
    return tally.finish();
  });
}

/** The pairs that one rule makes of all records, by linking with it alone. */
function pairsOf(rule: LinkageSettings["rules"][number], rows: ReadonlyMap<string, readonly MadeRow[]>): number {
  const batches = new Map([...rows].map(([source, all]) => [source, batchesOf(source, all)]));
  const [pairs = 0] = linkTables(batches, { ...settings, rules: [rule], levelField: null }).pairsByRule;
  return pairs;
}

const films = madeFilms(41, 500, sources);
const suggested = suggestRules(countsOf(films), settings);

describe("suggested rules", () => {
  test("are such as a configuration accepts, each once, the chosen ones first", () => {
    const rules = suggested.map(({ rule }) => rule);
    expect(checkLinkage({ ...settings, rules }).rules).toHaveLength(rules.length);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    const order = suggested.map(({ chosen }) => chosen);
    const chosen = order.filter((place) => place !== null);
    expect(chosen.length).toBeGreaterThan(0);
    expect(order).toEqual([...chosen.keys()].map((i): number | null => i + 1).concat(order.slice(chosen.length)));
  });

  test("together find every match that any candidate finds, and each chosen one finds new ones", () => {
    const chosen = suggested.filter((one) => one.chosen !== null);
    const matches = suggested[0]?.matches ?? 0;
    expect(matches).toBeGreaterThan(100);
    expect(chosen.reduce((sum, { newMatches }) => sum + newMatches, 0)).toBe(matches);
    expect(chosen.every(({ newMatches, found }) => newMatches > 0 && newMatches <= found)).toBe(true);
    for (const { recall, interval, found } of suggested) {
      expect(recall).toBe(found / matches);
      expect(interval?.low).toBeLessThanOrEqual(recall ?? 0);
      expect(interval?.high).toBeGreaterThanOrEqual(recall ?? 1);
    }
  });

  test("foretell the pairs of sources that are their own sample to the last one, and name the largest block", () => {
    for (const { rule, pairs, largestBlock } of suggested) {
      if (rule.topK !== undefined) {
        expect(pairsOf(rule, films)).toBeLessThanOrEqual(pairs);
        expect(largestBlock).toBeNull();
        continue;
      }
      expect([rule.name, pairs]).toEqual([rule.name, pairsOf(rule, films)]);
      if (pairs > 0) expect(largestBlock?.example).toContain(rule.keys[0]?.field);
    }
  });

  test("foretell the pairs of sources several times as large as their sample within a third", () => {
    const many = madeFilms(42, 6_000, sources);
    const foretold = suggestRules(countsOf(many), settings).find(
      ({ rule }) => rule.name === "title by title, year by yearNear",
    );
    const made = pairsOf(foretold?.rule as LinkageSettings["rules"][number], many);
    expect(Math.abs((foretold?.pairs ?? 0) - made)).toBeLessThan(made / 3);
  });

  test("are judged by nothing where there are no matches, no records, or no field to block by", () => {
    const empty = new Map(sources.map((source) => [source, [] as MadeRow[]]));
    for (const one of suggestRules(countsOf(empty), settings))
      expect(one).toMatchObject({ pairs: 0, found: 0, recall: null, chosen: null });
    const genres = { ...settings, comparisons: settings.comparisons.filter(({ field }) => field === "genres") };
    expect(suggestRules(countsOf(films, genres), genres)).toEqual([]);
  });
});

test("a preview of a small linkage is the linkage: its pairs and its recall", () => {
  const { pairs, records, recall } = previewLinkage(countsOf(films), settings);
  const batches = new Map([...films].map(([source, all]) => [source, batchesOf(source, all)]));
  const whole = linkTables(batches, settings);
  expect(records).toBe((films.get("a")?.length ?? 0) + (films.get("b")?.length ?? 0));
  expect(pairs).toBe(whole.pairsByRule.reduce((sum, count) => sum + count, 0));
  expect(recall).toEqual(whole.recall);
});
