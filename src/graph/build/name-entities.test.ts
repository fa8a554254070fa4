import fc from "fast-check";
import { expect, test } from "vitest";
import { filmOntology } from "../../ontology/index.ts";
import { nameEntities } from "./name-entities.ts";
import { textRanks } from "./sort-rows.ts";

test("texts rank by their UTF-16 units, whatever their letters and lengths", () => {
  const units = fc.array(
    fc.string({ unit: fc.constantFrom("", "\u0000", "a", "b", "é", "ſ", "字", "\ud83c"), maxLength: 9 }),
  );
  fc.assert(
    fc.property(units, (texts) => {
      const distinct = [...new Set(texts)];
      const ranks = textRanks(distinct);
      const sorted: string[] = [];
      distinct.forEach((text, i) => {
        sorted[ranks[i] as number] = text;
      });
      expect(sorted).toEqual([...distinct].sort());
    }),
  );
});

test("a cluster is named by its first member in the order of names and ids, and by its level", () => {
  const records = {
    entityType: "work",
    sourceNames: ["b", "a"],
    source: Int32Array.of(0, 1, 1, 0),
    id: Int32Array.of(0, 1, 2, 1),
    ids: ["x", "2", "10"],
    cluster: Int32Array.of(0, 0, 0, 1),
    clusterCount: 2,
    levelOf: (row: number) => (row === 0 ? "tv series" : null),
  };
  const [series, film] = nameEntities(records, filmOntology);
  expect(series).toMatch(/^series:[0-9a-f]{10}$/);
  expect(film).toMatch(/^film:[0-9a-f]{10}$/);
  const alone = {
    ...records,
    source: Int32Array.of(1),
    id: Int32Array.of(2),
    cluster: Int32Array.of(0),
    clusterCount: 1,
  };
  expect(nameEntities(alone, filmOntology)[0]?.slice(7)).toBe(series?.slice(7));
});
