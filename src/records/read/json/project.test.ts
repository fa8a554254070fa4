import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flattenElement, GrowingColumns } from "../json-row.ts";
import type { RawValue, Reject } from "../raw-batch.ts";
import { rawValueAt } from "../raw-columns.ts";
import { allowRejects } from "../rejects.ts";
import { hostileLines } from "./fixtures/hostile-json.ts";
import { layoutOfLines } from "./fixtures/layout-of-lines.ts";
import { outcome } from "./layout.ts";
import { Projection } from "./projection.ts";
import type { ProjectionSizes } from "./projection-memory.ts";
import type { ProjectorPath } from "./projector.ts";
import { readJson } from "./read-json.ts";
import { pathTree, type WantedColumns } from "./wanted-paths.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kindred-json-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const columns = ["id", "title", "release.date", "release", "credits.cast", "é", "", "1", "value", "__proto__", "a.b.c"];
const paths: ProjectorPath[] = ["plain", "kernel"];

function wantedOf(names: readonly string[]): WantedColumns {
  const tree = pathTree(names);
  if (tree === undefined) throw new Error("too many paths");
  return { columns: names, tree };
}

interface Read {
  /** By the number of the row, from 0. */
  readonly rows: Map<number, Record<string, RawValue>>;
  readonly rejects: Reject[];
}

/** Of the memory that lines are read to: mostly so little that its end falls anywhere, within lines too. */
const inputSizes = fc.oneof(fc.integer({ min: 4, max: 400 }), fc.constant(undefined));

let fileNumber = 0;
async function read(
  bytes: Uint8Array,
  path: ProjectorPath,
  names = columns,
  sizes: ProjectionSizes = {},
): Promise<Read> {
  const file = join(directory, `${fileNumber++}.jsonl`);
  await writeFile(file, bytes);
  const rejects: Reject[] = [];
  const rows = new Map<number, Record<string, RawValue>>();
  const allowed = allowRejects(Number.POSITIVE_INFINITY, (reject) => rejects.push(reject));
  for await (const batch of readJson(layoutOfLines(file, names), allowed, wantedOf(names), { path, ...sizes })) {
    for (let row = 0; row < batch.rowCount; row++) {
      const values = [...batch.columns].map(([name, column]) => [name, emptyIsNull(rawValueAt(column, row))]);
      rows.set(batch.places?.[row] ?? batch.firstPlace + row, Object.fromEntries(values));
    }
  }
  await rm(file);
  return { rows, rejects };
}

function emptyIsNull(value: RawValue): RawValue {
  return Array.isArray(value) && value.length === 0 ? null : value;
}

/** What JSON.parse makes of a line, as columns; undefined when it refuses the line, or it is no record. */
function parsed(line: Buffer, names: readonly string[]): Record<string, RawValue> | undefined {
  try {
    const element: unknown = JSON.parse(line.toString("utf8"), asWritten);
    const grown = new GrowingColumns(names);
    const row = flattenElement(element, grown);
    return Object.fromEntries(
      names.map((name, i) => {
        const value = emptyIsNull(row[i] ?? null);
        return [name, typeof value === "object" ? (value?.map(wellFormed) ?? null) : wellFormed(String(value))];
      }),
    );
  } catch {
    return undefined;
  }
}

/** UTF-8 has no halves of surrogate pairs: one that stands alone becomes U+FFFD, as it does wherever a text is written. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Numbers as they are written; to be read as numbers they must say what JSON.parse says. */
function asWritten(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  expect(Object.is(Number(context.source), value)).toBe(true);
  return context.source === String(value) ? value : context.source;
}

function expectAsParsed(lines: readonly Buffer[], { rows, rejects }: Read, names = columns): void {
  const kept = lines.filter((line) => line.length > 0 && !(line.length === 1 && line[0] === 13));
  const expected = new Map<number, Record<string, RawValue>>();
  const refused: number[] = [];
  kept.forEach((line, row) => {
    const values = parsed(line, names);
    if (values === undefined) refused.push(row + 1);
    else expected.set(row, values);
  });
  expect(rejects.map((reject) => reject.row)).toEqual(refused);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
}

describe.each(paths)("by the path %s, JSON Lines are read by projection", (path) => {
  test("any lines, however hostile, give what JSON.parse gives, and what it refuses is refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileLines,
        fc.constantFrom("\n", "\r\n"),
        fc.record({ batchRows: fc.integer({ min: 1, max: 9 }), inputBytes: inputSizes }),
        async (hostile, newline, sizes) => {
          // A byte order mark is one only at the very beginning.
          const lines = [Buffer.from("{}"), ...hostile];
          const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from(newline)]));
          expectAsParsed(lines, await read(bytes, path, columns, sizes));
        },
      ),
      { seed: 11, numRuns: 1500 },
    );
  }, 300_000);

  test("what a key said last holds, whatever stood under it before, and however it is written", async () => {
    const lines = [
      '{"id":1,"id":2}',
      '{"release":{"date":"1995"},"release":{"year":1}}',
      '{"release.date":"1","release":{"date":"2"}}',
      '{"ti\\u0074le":"Heat","title":null}',
      '{"title":"\\ud800","credits":{"cast":[{"name":"A","name":"B"},{"na\\u006de":"C"},{"name":7},null,[1,"x"],{"x":1.50}]}}',
      '{"id":-0,"title":1e400,"release":0.0000001}',
    ].map((line) => Buffer.from(line));
    const found = await read(Buffer.from(lines.join("\n")), path);
    expectAsParsed(lines, found);
    expect(found.rows.get(4)).toMatchObject({
      title: "\ufffd",
      "credits.cast": ["B", "C", "7", '[1,"x"]', '{"x":"1.50"}'],
    });
    expect(found.rows.get(5)).toMatchObject({ id: "-0", title: "1e400", release: "0.0000001" });
  });

  test("every escape says what it says to JSON.parse, alone, in pairs and at any place of a long text", async () => {
    const escapeOf = (unit: number, i: number): string => {
      const digits = unit.toString(16).padStart(4, "0");
      return `\\u${i % 2 === 0 ? digits : digits.toUpperCase()}`;
    };
    const units = Array.from({ length: 0x10000 / 13 }, (_, i) => i * 13);
    const halves = [0xd7ff, 0xd800, 0xd83d, 0xdbff, 0xdc00, 0xde00, 0xdfff, 0xe000, 0x41];
    const texts = [
      ...units.map(escapeOf),
      ...halves.flatMap((a) =>
        halves.flatMap((b) => [escapeOf(a, 0) + escapeOf(b, 1), `${escapeOf(a, 1)}x${escapeOf(b, 0)}`]),
      ),
      ...['\\"', "\\n\\t", "\\\\", "\\/\\b\\f\\r", escapeOf(0x20ac, 0)].flatMap((sign) =>
        Array.from(
          { length: 40 },
          (_, before) => `${"é".repeat(before % 3)}${"a".repeat(before)}${sign}${"b".repeat(40 - before)}`,
        ),
      ),
    ];
    const lines = texts.map((text, i) => Buffer.from(`{"id":${i},"title":"${text}","credits":{"cast":["${text}"]}}`));
    expectAsParsed(lines, await read(Buffer.from(lines.join("\n")), path));
  });

  test.each(["", "\n", "\r\n"])(
    "a torn last line is refused, and a whole one is read, before the end %j",
    async (end) => {
      const whole = await read(Buffer.from(`{"id":1}\n{"id":2}${end}`), path);
      expect([...whole.rows.values()].map((row) => row.id)).toEqual(["1", "2"]);
      const torn = await read(Buffer.from(`{"id":1}\n{"id":2,"title":"He${end}`), path);
      expect(torn.rows.size).toBe(1);
      expect(torn.rejects).toMatchObject([{ row: 2, text: '{"id":2,"title":"He' }]);
      expect(torn.rejects[0]?.reason).toContain("invalid JSON");
    },
  );

  test("numbers are told from what is none, wanted or not, whatever stands around them", async () => {
    const digits = [
      "0",
      "7",
      "00",
      "01",
      "12",
      "1234567890123456",
      "12345678901234567",
      "1e",
      "1E+2",
      "x",
      "1 2",
      "1x",
    ];
    const fractions = ["", ".", ".0", ".5", ".123456789012", ".1.2", ".1 ", ".e1", ".5e-3", "..", "5.", ".-1", " "];
    const numbers = digits.flatMap((whole) => fractions.flatMap((rest) => [`${whole}${rest}`, `-${whole}${rest}`]));
    const lines = numbers.flatMap((number) =>
      [`{"id":${number}}`, `{"x": ${number},"id":1}`, `{"x":[${number} ,{"y":${number}}]}`].map((line) =>
        Buffer.from(line),
      ),
    );
    expectAsParsed(lines, await read(Buffer.from(lines.join("\n")), path));
  });

  test("nesting has a limit that is said, in what is wanted and in what is not", async () => {
    const nested = (depth: number): string => "[".repeat(depth - 1) + "]".repeat(depth - 1);
    const lines = [`{"id":1,"x":${nested(512)}}`, `{"id":2,"x":${nested(513)}}`, `{"id":3,"title":${nested(100_000)}}`];
    const { rows, rejects } = await read(Buffer.from(lines.join("\n")), path);
    expect([...rows.values()].map((row) => row.id)).toEqual(["1"]);
    expect(rejects.map((reject) => reject.row)).toEqual([2, 3]);
    expect(rejects[1]?.reason).toBe(
      "objects and lists more than 512 deep within each other; expected at most 512 levels",
    );
  });

  test("lines of any length are read, those around the size of the memory and one of 10 MB", async () => {
    const titles = [2 ** 20 - 40, 2 ** 20 - 13, 2 ** 20 - 12, 2 ** 20, 3, 10_000_000, 2 ** 20 + 1, 5].map((length, i) =>
      String(i).repeat(length),
    );
    const lines = titles.map((title) => `{"title":"${title}"}`);
    const { rows, rejects } = await read(Buffer.from(lines.join("\n")), path);
    expect(rejects).toEqual([]);
    expect([...rows.values()].map((row) => (row.title as string).length)).toEqual(titles.map((title) => title.length));
    expect([...rows.values()].map((row) => row.title)).toEqual(titles);
  });

  test("ordinary records are read by projection, none by JSON.parse", () => {
    const lines = [
      '{"id":"tt1","title":"Heat","release":{"date":"1995-12-15"},"x":[1,{"y":[]},"\\"z\\""]}',
      '{ "id" : 2 , "title" : "H\\u00e9at" , "credits" : { "cast" : [ { "name" : "Al Pacino" , "order" : 0 } , "B" ] } }',
      `{"id":3,"blob":${JSON.stringify({ a: { b: { c: [[[[1]]]] } } })},"title":null}`,
    ];
    const bytes = Buffer.from(lines.join("\n"));
    const ends = lines.map((_, i) => lines.slice(0, i + 1).join("\n").length);
    const starts = lines.map((line, i) => (ends[i] as number) - line.length);
    const projection = new Projection(wantedOf(columns), { path });
    expect(projection.memory.loadSpans(bytes, starts, ends, 0)).toBe(3);
    expect(projection.run()).toBe(outcome.done);
    expect(projection.rowCount).toBe(3);
  });
});

test("compressed files and lists of records are read as the lines are", async () => {
  const records = Array.from({ length: 5000 }, (_, i) => ({
    id: i,
    title: `Film ${i}`,
    credits: { cast: [`P ${i % 7}`] },
  }));
  const text = records.map((record) => JSON.stringify(record)).join("\n");
  const files = {
    "a.jsonl": Buffer.from(text),
    "a.jsonl.gz": gzipSync(text),
    "a.jsonl.zst": zstdCompressSync(text),
    "a.json": Buffer.from(JSON.stringify(records, null, 2)),
  };
  const seen: unknown[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    const file = join(directory, name);
    await writeFile(file, bytes);
    const lines = layoutOfLines(file, columns);
    const layout = name === "a.json" ? ({ ...lines, format: "json" } as const) : lines;
    const rows: unknown[] = [];
    for await (const batch of readJson(layout, allowRejects(0), wantedOf(["id", "title", "credits.cast"])))
      for (let row = 0; row < batch.rowCount; row++)
        rows.push([...batch.columns.values()].map((column) => rawValueAt(column, row)));
    seen.push(rows);
  }
  expect(seen[0]).toEqual(records.map(({ id, title, credits }) => [String(id), title, credits.cast]));
  for (const rows of seen) expect(rows).toEqual(seen[0]);
});
