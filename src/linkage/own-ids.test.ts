import { expect, test } from "vitest";
import { columnOf, textAt, type TextColumn } from "../columns/index.ts";
import type { Field } from "../records/index.ts";
import { linkInMemory } from "./fixtures/link-in-memory.ts";
import { batchesOf, type MadeRow, madeFields, madeFilms, profilesOf } from "./fixtures/made-records.ts";
import { inferLinkage } from "./index.ts";

const sources = ["a", "b"];

/** The entities of more than one record, as the ids of these. */
function matchesOf(rows: ReadonlyMap<string, readonly MadeRow[]>, fields: readonly Field[]): Set<string> {
  const batches = new Map([...rows].map(([source, of]) => [source, batchesOf(source, of, fields)]));
  const settings = inferLinkage({ entityType: "film", sources, fields: profilesOf(fields, sources) });
  const { entities } = linkInMemory(batches, settings).clustering;
  const [ids, clusters] = [columnOf(entities, "id", "text") as TextColumn, columnOf(entities, "cluster", "number")];
  const members = Map.groupBy(
    Array.from({ length: entities.rowCount }, (_, row) => row),
    (row) => clusters.values[row],
  );
  const several = [...members.values()].filter((of) => of.length > 1);
  return new Set(several.map((of) => of.map((row) => textAt(ids, row)).join(" ")));
}

test.for([
  ["that no other has", (source: string, i: number) => `${source}-${i}`, 0],
  // Pairs with one number by chance are candidates too, so that training sees a little else.
  ["that are numbers, which others give other films", (source: string, i: number) => numberOf(source, i), 0.02],
] as const)("ids of each catalogue's own under one name, %s, speak against no match", ([, idOf, differentMax]) => {
  const rows = madeFilms(21, 600, sources);
  const plain = matchesOf(rows, madeFields);
  const numbered = [...rows].map(
    ([source, of]) => [source, of.map((row, i): MadeRow => [...row, idOf(source, i)])] as const,
  );
  const found = matchesOf(new Map(numbered), [...madeFields, { name: "show_id", kind: "identifier", list: false }]);
  expect(plain.size).toBeGreaterThan(200);
  expect([...plain].filter((one) => !found.has(one)).length).toBeLessThanOrEqual(differentMax * plain.size);
  expect([...found].filter((one) => !plain.has(one)).length).toBeLessThanOrEqual(differentMax * plain.size);
  expect(found.size).toBeGreaterThanOrEqual(plain.size);
});

/** From the first film on in one catalogue, from the last one on in the other. */
function numberOf(source: string, i: number): string {
  return `s${source === "a" ? i : 500 - i}`;
}
