import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flattenElement, GrowingColumns } from "../json-row.ts";
import type { RawValue, Reject } from "../raw-batch.ts";
import { rawValueAt } from "../raw-columns.ts";
import { allowRejects } from "../rejects.ts";
import { hostileLines } from "./fixtures/hostile-json.ts";
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

let fileNumber = 0;
async function read(bytes: Uint8Array, path: ProjectorPath, names = columns, batchRows?: number): Promise<Read> {
  const file = join(directory, `${fileNumber++}.jsonl`);
  await writeFile(file, bytes);
  const layout = {
    files: [file],
    format: "jsonl",
    encoding: "utf-8",
    delimiter: null,
    quoted: false,
    columns: names,
  } as const;
  const rejects: Reject[] = [];
  const rows = new Map<number, Record<string, RawValue>>();
  const allowed = allowRejects(Number.POSITIVE_INFINITY, (reject) => rejects.push(reject));
  for await (const batch of readJson(layout, allowed, wantedOf(names), { path, batchRows })) {
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
        fc.integer({ min: 1, max: 9 }),
        async (hostile, newline, batchRows) => {
          // A byte order mark is one only at the very beginning.
          const lines = [Buffer.from("{}"), ...hostile];
          const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from(newline)]));
          expectAsParsed(lines, await read(bytes, path, columns, batchRows));
        },
      ),
      { seed: 11, numRuns: 1500 },
    );
  }, 300_000);
});
