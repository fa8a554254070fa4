import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCsvRow } from "../csv-row.ts";
import { csvSplitter } from "./csv-splitter.ts";
import { jsonSplitter } from "./json-splitter.ts";
import { lineSplitter } from "./line-splitter.ts";
import { type RecordSplitter, splitRecords } from "./record-spans.ts";

/** The records of a text that comes in pieces of `pieceBytes`, with the line each begins on. */
async function recordsOf(
  text: string,
  splitter: RecordSplitter,
  pieceBytes: number,
): Promise<{ text: string; line: number }[]> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield Buffer.from(bytes.subarray(at, at + pieceBytes));
  }
  const records: { text: string; line: number }[] = [];
  for await (const spans of splitRecords(pieces(), splitter, "a file")) {
    spans.starts.forEach((start, i) => {
      records.push({ text: spans.bytes.toString("utf8", start, spans.ends[i]), line: spans.lines[i] as number });
    });
  }
  return records;
}

const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "\n", " ", "|", "0"), maxLength: 6 });
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));
const pieceBytes = fc.integer({ min: 1, max: 40 });

function written(rows: readonly (readonly string[])[]): string {
  return rows
    .map((row) => row.map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(","))
    .join("\n");
}

describe("delimited text", () => {
  test("any table, in pieces of any size, gives what csv-parse gives", async () => {
    await fc.assert(
      fc.asyncProperty(table, pieceBytes, async (rows, size) => {
        const text = written(rows);
        const records = await recordsOf(text, csvSplitter({ delimiter: ",", newline: "\n", quoted: true }), size);
        expect(records.map((record) => parseCsvRow(record.text, ","))).toEqual(parse(text, { skip_empty_lines: true }));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test("a record says the line it begins on, line breaks within quotes counted", async () => {
    const text = 'a,b\n"x\n\ny",1\n\nz,2\n';
    const records = await recordsOf(text, csvSplitter({ delimiter: ",", newline: "\n", quoted: true }), 5);
    expect(records).toEqual([
      { text: "a,b", line: 1 },
      { text: '"x\n\ny",1', line: 2 },
      { text: "z,2", line: 6 },
    ]);
  });

  test("a quote that is never closed spoils its own line, not the rest of the file", async () => {
    const records = await recordsOf(
      'a,b\n"x,1\ny,2\nz,3',
      csvSplitter({ delimiter: ",", newline: "\n", quoted: true }),
      4,
    );
    expect(records.map((record) => record.text)).toEqual(["a,b", '"x,1', "y,2", "z,3"]);
    expect(() => parseCsvRow('"x,1', ",")).toThrow("a quote that is never closed");
  });

  test("text after a closing quote is an error, a quote within bare text is not", () => {
    expect(() => parseCsvRow('"x"y,1', ",")).toThrow("text after the closing quote of field 1");
    expect(parseCsvRow('6" pipe,1', ",")).toEqual(['6" pipe', "1"]);
  });

  test("lines that end in a carriage return alone are lines", async () => {
    const records = await recordsOf("a,b\r1,2\r3,4", csvSplitter({ delimiter: ",", newline: "\r", quoted: true }), 3);
    expect(records.map((record) => record.text)).toEqual(["a,b", "1,2", "3,4"]);
  });
});

describe("JSON", () => {
  const element = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({ text: fc.string({ unit: fc.constantFrom("\\", '"', "]", "}", "{", "[", ",", "\n", "é") }) }),
  );

  test("any list, plain or wrapped or indented, in pieces of any size, gives its elements", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(element, { maxLength: 6 }),
        pieceBytes,
        fc.boolean(),
        fc.boolean(),
        async (list, size, wrapped, indented) => {
          const whole = wrapped ? { "a]\\": '"[', b: { c: 1 }, list, after: { d: [1] } } : list;
          const records = await recordsOf(JSON.stringify(whole, null, indented ? 2 : 0), jsonSplitter("f"), size);
          expect(records.map((record) => JSON.parse(record.text))).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  test("an element says the line it begins on", async () => {
    const records = await recordsOf('[\n {"a":\n 1},\n\n {"b": 2}\n]\n', jsonSplitter("f"), 3);
    expect(records.map((record) => record.line)).toEqual([2, 5]);
  });

  test.each([
    ['[{"a":1}', "the text ends before the JSON does"],
    ['{"a":1}', "an object without a list"],
    ['{"a":[1],"b":[2]}', "a second list in the object"],
    ['[{"a":1}] x', '"x" after the end of the JSON'],
    ["hello", 'text that begins with "h"'],
    ["[{}}]", "a closing bracket too many"],
  ])("%s is an error that says what is wrong", async (text, message) => {
    await expect(recordsOf(text, jsonSplitter("f"), 4)).rejects.toThrow(message);
  });
});

test("JSON Lines are lines, empty ones left out", async () => {
  expect(await recordsOf("1\r\n\n2\n3", lineSplitter(), 2)).toEqual([
    { text: "1", line: 1 },
    { text: "2", line: 3 },
    { text: "3", line: 4 },
  ]);
});
