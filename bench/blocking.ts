import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { hash53 } from "../src/base/index.ts";
import { columnOf, selectRows, type Table, TableBuilder, textAt } from "../src/columns/index.ts";
import { linkInMemory } from "../src/linkage/fixtures/link-in-memory.ts";
import { halfOf, inferLinkage, type LinkageSettings } from "../src/linkage/index.ts";
import type { Field, RecordBatch } from "../src/records/index.ts";
import { dataFolder, filmFields, profileOf, readCatalogue, readRows } from "./lib/film-catalogues.ts";
import { reportBench } from "./lib/report.ts";

/**
 * What blocking brings together: the estimated recall beside the true one on samples of the even half of the films, and the recall of the
 * inferred rules with and without likeness on the train and valid pairs of er-magellan: npm run bench:blocking
 */
type Catalogues = ReadonlyMap<string, readonly RecordBatch[]>;
const sampleCount = 6;
const sampleShare = 0.7;

/** The pairs that rules make, as `leftSource leftId rightSource rightId`, and the estimate. */
function blocked(catalogues: Catalogues, settings: LinkageSettings) {
  const linked = linkInMemory(catalogues, { ...settings, keepWeight: -1e9 }, 1);
  const pairs = new Set(linked.scored.flatMap(pairNames));
  return { pairs, recall: linked.recall, made: linked.pairsByRule.reduce((sum, count) => sum + count, 0) };
}

function pairNames(table: Table): string[] {
  const columns = ["left_source", "left_id", "right_source", "right_id"].map((name) => columnOf(table, name, "text"));
  return Array.from({ length: table.rowCount }, (_, row) => columns.map((column) => textAt(column, row)).join(" "));
}

/** The records of the chosen films, as sources of their own. */
function sampled(catalogues: Catalogues, isChosen: (source: string, id: string) => boolean): Catalogues {
  return new Map(
    [...catalogues].map(([source, batches]) => {
      let firstRow = 0;
      const kept = batches.map((batch) => {
        const id = columnOf(batch.table, "id", "text");
        const rows = Int32Array.from(id.ids.keys()).filter((row) => isChosen(source, textAt(id, row) ?? ""));
        const one = { ...batch, firstRow, table: selectRows(batch.table, rows) };
        firstRow += rows.length;
        return one;
      });
      return [source, kept];
    }),
  );
}

function filmRecall(sources: readonly string[], figures: Record<string, number>): void {
  const filmOf = new Map(readRows("movies/clusters.csv").map((row) => [`${row.source} ${row.id}`, row.imdb_id]));
  const film = (source: string, id: string): string => filmOf.get(`${source} ${id}`) || `${source}:${id}`;
  const all: Catalogues = new Map(sources.map((source) => [source, readCatalogue(source)]));
  const fields = profileOf(all, filmFields);
  let [error, inside] = [0, 0];
  for (let sample = 0; sample < sampleCount; sample++) {
    const chosen = sampled(all, (source, id) => {
      const name = film(source, id);
      return halfOf(name) === "even" && hash53(`${sample} ${name}`) / 2 ** 53 < sampleShare;
    });
    const settings = inferLinkage({ entityType: "work", sources: [...sources], fields });
    const { pairs, recall } = blocked(chosen, settings);
    const truth = truePairs(chosen, film);
    const found = truth.filter((pair) => pairs.has(pair)).length / truth.length;
    error += ((recall.recall ?? 0) - found) / sampleCount;
    if (recall.interval !== null && found >= recall.interval.low && found <= recall.interval.high) inside++;
    console.log(
      `${sources.join(" + ")}: true ${found.toFixed(4)}, estimated ${JSON.stringify({ recall: recall.recall, ...recall.interval })}`,
    );
  }
  figures[`${sources.length} catalogues, mean error of the estimate`] = error;
  figures[`${sources.length} catalogues, truth in the interval`] = inside / sampleCount;
}

/** Every pair of records of two sources and one film, in the order of the sources. */
function truePairs(catalogues: Catalogues, film: (source: string, id: string) => string): string[] {
  const records = [...catalogues].flatMap(([source, batches]) =>
    batches.flatMap(({ table }) => {
      const id = columnOf(table, "id", "text");
      return Array.from(id.ids.keys(), (row) => ({ source, id: textAt(id, row) ?? "" }));
    }),
  );
  return [...Map.groupBy(records, ({ source, id }) => film(source, id)).values()].flatMap((same) =>
    same.flatMap((left, i) =>
      same
        .slice(i + 1)
        .filter((right) => right.source !== left.source)
        .map((right) => `${left.source} ${left.id} ${right.source} ${right.id}`),
    ),
  );
}

/** Titles of products by words; other columns say nothing here that a rule could use. */
const productFields: readonly Field[] = [
  { name: "title", kind: "title", list: false },
  { name: "price", kind: "number", list: false },
];
const products = [
  ["abt-buy", "name"],
  ["amazon-google", "title"],
  ["walmart-amazon", "title"],
] as const;

/** The recall of title rules on labelled pairs, read as two sources of distinct titles. */
function productRecall(set: string, column: string, figures: Record<string, number>): void {
  const rows = ["train", "valid"].flatMap((part): Record<string, string>[] =>
    parse(readFileSync(join(dataFolder, `er-magellan/${set}/${part}.csv`)), { columns: true, relax_quotes: true }),
  );
  const numbers = { left: new Map<string, number>(), right: new Map<string, number>() };
  const numberOf = (side: "left" | "right", row: Record<string, string>): number => {
    const text = row[`${side}_${column}`] ?? "";
    numbers[side].set(text, numbers[side].get(text) ?? numbers[side].size);
    return numbers[side].get(text) as number;
  };
  const labelled = rows.map((row) => ({
    pair: `left ${numberOf("left", row)} right ${numberOf("right", row)}`,
    isMatch: row.label === "1",
  }));
  const truth = new Set(labelled.filter(({ isMatch }) => isMatch).map(({ pair }) => pair));
  const catalogues: Catalogues = new Map(
    (["left", "right"] as const).map((source) => {
      const builder = new TableBuilder([
        { name: "id", kind: "text" },
        { name: "title", kind: "text" },
        { name: "price", kind: "number" },
      ]);
      for (const [title, number] of numbers[source]) builder.append([String(number), title, null]);
      const batch = { source, entityType: "product", firstRow: 0, fields: productFields, table: builder.build() };
      return [source, [batch]];
    }),
  );
  const fields = productFields.map((field) => ({ ...field, fillBySource: { left: 1, right: 1 } }));
  const settings = inferLinkage({ entityType: "product", sources: ["left", "right"], fields });
  const byKeys = { ...settings, rules: settings.rules.filter(({ topK }) => topK === undefined) };
  for (const [name, of] of [
    ["keys alone", byKeys],
    ["and likeness", settings],
  ] as const) {
    const { pairs, made } = blocked(catalogues, of);
    figures[`${set}, ${name}: recall`] = [...truth].filter((pair) => pairs.has(pair)).length / truth.size;
    figures[`${set}, ${name}: pairs`] = made;
  }
}

const figures: Record<string, number> = {};
filmRecall(["movielens", "imdb5000", "imdb2018"], figures);
for (const [set, column] of products) productRecall(set, column, figures);
const lost = products.filter(
  ([set]) => (figures[`${set}, and likeness: recall`] ?? 0) < (figures[`${set}, keys alone: recall`] ?? 0),
);
reportBench(
  "blocking",
  figures,
  {},
  lost.map(([set]) => `${set}: a rule by likeness lost pairs that keys made`),
);
