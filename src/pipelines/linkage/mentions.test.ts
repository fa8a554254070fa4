import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TableBuilder } from "../../columns/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import { csvLine } from "./csv.ts";
import { MentionCollector, type MentionPart, mentionPartitions, peopleOfMentions } from "./mentions.ts";
import { personSlug } from "./person-slug.ts";

const films = fc.array(
  fc.tuple(
    fc.string({ maxLength: 8 }),
    fc.array(fc.constantFrom("Ana Brun", "ANA BRUN", "Ána Brun", "Bo Lee", "…", "李安"), { maxLength: 4 }),
  ),
  {
    maxLength: 30,
  },
);

function batch(rows: readonly (readonly [string, readonly string[]])[], firstRow: number): RecordBatch {
  const fields = [
    { name: "title", kind: "title", list: false },
    { name: "directors", kind: "personList", list: true },
  ] as const;
  const builder = new TableBuilder([
    { name: "id", kind: "text" },
    { name: "title", kind: "text" },
    { name: "directors", kind: "textList" },
  ]);
  rows.forEach(([title, directors], i) => {
    builder.append([`${firstRow + i}`, title, directors]);
  });
  return { source: "a", entityType: "film", firstRow, fields, table: builder.build() };
}

function people(rows: readonly (readonly [string, readonly string[]])[], cut: number): unknown[] {
  const collector = new MentionCollector(["directors"]);
  const parts: MentionPart[] = [];
  for (let at = 0; at < rows.length; at += cut) parts.push(...collector.add(batch(rows.slice(at, at + cut), at)));
  parts.push(...collector.finish());
  return Array.from({ length: mentionPartitions }, (_, partition) =>
    peopleOfMentions(parts.filter((part) => part.partition === partition).map((part) => part.table)),
  ).flat();
}

test("the people of a source are the same however its records come in batches", () => {
  fc.assert(
    fc.property(films, fc.integer({ min: 1, max: 9 }), (rows, cut) => {
      expect(people(rows, cut)).toEqual(people(rows, 1_000));
    }),
    { seed: 4, numRuns: 60 },
  );
});

test("one person is one slug, whatever case and marks their name is written with", () => {
  expect(["Alejandro G. Iñárritu", "ALEJANDRO G IÑÁRRITU", "李安", "…"].map(personSlug)).toEqual([
    "alejandro-g-inarritu",
    "alejandro-g-inarritu",
    "李安",
    "",
  ]);
});

test("a line of CSV reads back as its fields, whatever they hold", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 5 }), (fields) => {
      // A line of one empty field is an empty line, which no reader can tell from none.
      fc.pre(fields.join("") !== "");
      expect(parse(csvLine(fields))).toEqual([fields]);
    }),
    { seed: 2 },
  );
});
