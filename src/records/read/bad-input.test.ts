import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isKindredError, type KindredError } from "../../base/index.ts";
import { rowAt } from "../../columns/index.ts";
import {
  type IngestOptions,
  ingestSource,
  type PlanOptions,
  planSources,
  profileSource,
  type Reject,
  type SourceSpec,
} from "../index.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kindred-bad-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function write(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, bytes);
  return path;
}

type Settings = Partial<SourceSpec> & { plan?: PlanOptions; ingest?: IngestOptions };

async function idsOf(path: string, { plan: planOptions, ingest, ...spec }: Settings = {}): Promise<string[]> {
  const profile = await profileSource({ name: "films", path, ...spec });
  const ids: string[] = [];
  for (const plan of planSources([profile], planOptions)) {
    for await (const batch of ingestSource(plan, ingest)) {
      for (let row = 0; row < batch.table.rowCount; row++) ids.push(rowAt(batch.table, row).id as string);
    }
  }
  return ids;
}

/** The error of reading a file: its code and its message without the folder. */
async function failure(path: string, settings: Settings = {}): Promise<{ code: string; message: string }> {
  try {
    await idsOf(path, settings);
  } catch (error) {
    if (!isKindredError(error)) throw error;
    return { code: (error as KindredError).code, message: error.message.replaceAll(`${directory}/`, "") };
  }
  throw new Error("no error");
}

describe("files that are not there, or hold nothing", () => {
  test("a missing file", async () => {
    expect(await failure(join(directory, "nope.csv"))).toMatchInlineSnapshot(`
      {
        "code": "source-missing",
        "message": "nope.csv: no such file; expected a file that exists. Check the path",
      }
    `);
  });
  test("a glob that finds nothing", async () => {
    expect(await failure(join(directory, "nope-*.csv"))).toMatchInlineSnapshot(`
      {
        "code": "source-missing",
        "message": "nope-*.csv: no file fits the glob; expected at least one file. Check the path",
      }
    `);
  });
  test("a folder", async () => {
    expect(await failure(directory)).toMatchObject({ code: "source-missing" });
  });
  test("an empty file", async () => {
    expect(await failure(await write("empty.csv", ""))).toMatchInlineSnapshot(`
      {
        "code": "source-empty",
        "message": "empty.csv: an empty file; expected at least one row",
      }
    `);
  });
  test("a header without rows", async () => {
    expect(await failure(await write("header.csv", "id,title\n"))).toMatchInlineSnapshot(`
      {
        "code": "source-empty",
        "message": "header.csv: a header and no rows; expected at least one row",
      }
    `);
  });
  test.each(["empty.json", "empty.jsonl", "empty.parquet", "empty.arrow"])("%s is empty", async (name) => {
    expect(await failure(await write(name, ""))).toMatchObject({ code: "source-empty" });
  });
  test("an empty list", async () => {
    expect(await failure(await write("list.json", "[]"))).toMatchObject({ code: "source-empty" });
  });
});

describe("bytes that are no text, or not of one encoding", () => {
  test("UTF-8 in some places and not in others, with row and byte", async () => {
    const bytes = Buffer.concat([Buffer.from("id,title\n1,Amélie\n2,Am"), Buffer.from([0xe9]), Buffer.from("lie\n")]);
    expect(await failure(await write("mixed.csv", bytes))).toMatchInlineSnapshot(`
      {
        "code": "source-encoding",
        "message": "mixed.csv row 2: a mix: 1 of its characters are UTF-8, 1 of its bytes are not; the first is at byte 23; expected one encoding in the whole file. Mend the file, or declare its encoding in the source's configuration",
      }
    `);
  });
  test("a declared encoding is held to", async () => {
    const bytes = Buffer.from("id,title\n1,Am\xe9lie\n", "latin1");
    expect(await failure(await write("declared.csv", bytes), { encoding: "utf-8" })).toMatchInlineSnapshot(`
      {
        "code": "source-encoding",
        "message": "declared.csv row 1: a byte that is not UTF-8; the first is at byte 13; expected one encoding in the whole file. The source declares utf-8",
      }
    `);
    expect(await idsOf(await write("declared.csv", bytes), { encoding: "latin-1" })).toEqual(["1"]);
  });
  test("an unknown encoding", async () => {
    expect(await failure(await write("a.csv", "id\n1\n"), { encoding: "ebcdic" })).toMatchObject({
      code: "config-invalid",
    });
  });
  test("a zip file called .csv", async () => {
    const bytes = Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(50)]);
    expect(await failure(await write("book.csv", bytes))).toMatchInlineSnapshot(`
      {
        "code": "source-encoding",
        "message": "book.csv: bytes that are no text; it looks like a zip file (an Excel workbook is one too); expected text in UTF-8, UTF-16 or Latin-1. Check the file and its name",
      }
    `);
  });
  test("UTF-16 without a byte order mark says so, and is read when declared", async () => {
    const path = await write("wide.csv", Buffer.from("id,title\n1,Heat\n", "utf16le"));
    expect(await failure(path)).toMatchObject({
      code: "source-encoding",
      message: expect.stringContaining("UTF-16 without a byte order mark"),
    });
    expect(await idsOf(path, { encoding: "utf-16le" })).toEqual(["1"]);
  });
  test("a compressed file that is cut short", async () => {
    const { gzipSync } = await import("node:zlib");
    const whole = gzipSync("id,title\n1,Heat\n".repeat(1000));
    expect(await failure(await write("cut.csv.gz", whole.subarray(0, 40)))).toMatchObject({ code: "source-malformed" });
  });
  test("a Parquet file that is none", async () => {
    expect(await failure(await write("no.parquet", "hello"))).toMatchObject({ code: "source-malformed" });
  });
});

describe("rows", () => {
  const ragged = "id,title\n1,Heat\n2,Heat,1995\n3\n4,Alien\n";

  test("a ragged row", async () => {
    expect(await failure(await write("ragged.csv", ragged))).toMatchInlineSnapshot(`
      {
        "code": "source-malformed",
        "message": "ragged.csv row 2: 3 columns (line 3); expected 2, as in the header. Mend the row, or set bad rows aside with --skip-bad N",
      }
    `);
  });
  test("--skip-bad sets bad rows aside with the reason, up to its number", async () => {
    const path = await write("ragged.csv", ragged);
    const rejects: Reject[] = [];
    const ids = await idsOf(path, { ingest: { skipBad: 2, onReject: (reject) => rejects.push(reject) } });
    expect(ids).toEqual(["1", "4"]);
    expect(rejects.map((reject) => ({ ...reject, file: "ragged.csv" }))).toMatchInlineSnapshot(`
      [
        {
          "file": "ragged.csv",
          "reason": "3 columns; expected 2, as in the header",
          "row": 2,
          "text": "2,Heat,1995",
        },
        {
          "file": "ragged.csv",
          "reason": "1 column; expected 2, as in the header",
          "row": 3,
          "text": "3",
        },
      ]
    `);
    expect(await failure(path, { ingest: { skipBad: 1 } })).toMatchInlineSnapshot(`
      {
        "code": "source-malformed",
        "message": "ragged.csv row 3: 1 column (line 4); expected 2, as in the header. --skip-bad 1 is used up; mend the file or raise the number",
      }
    `);
  });
  test("row numbers count rejected rows too", async () => {
    const ids = await idsOf(await write("numbered.csv", "a,title\n1,Heat\n2\n3,Alien\n"), { ingest: { skipBad: 1 } });
    expect(ids).toEqual(["row:1", "row:3"]);
  });
  test("invalid JSON names its line", async () => {
    const path = await write("bad.jsonl", '{"id":1,"title":"a"}\n\n{"id":2,\n{"id":3,"title":"c"}\n');
    expect(await failure(path)).toMatchInlineSnapshot(`
      {
        "code": "source-malformed",
        "message": "bad.jsonl row 2: invalid JSON: Expected double-quoted property name in JSON at position 8 (line 3); expected one whole JSON value. Mend the row, or set bad rows aside with --skip-bad N",
      }
    `);
    expect(await idsOf(path, { ingest: { skipBad: 1 } })).toEqual(["1", "3"]);
  });
  test("an element of a JSON list that is no record", async () => {
    expect(await failure(await write("nested.json", '[{"id":1},\n[2]]'))).toMatchInlineSnapshot(`
      {
        "code": "source-malformed",
        "message": "nested.json row 2: a list in place of a record (line 2); expected an object, a text or a number. Mend the row, or set bad rows aside with --skip-bad N",
      }
    `);
  });
  test("an id that comes again, and one that is not there", async () => {
    expect(await failure(await write("again.csv", "id,title\n1,a\n2,b\n1,c\n"))).toMatchInlineSnapshot(`
      {
        "code": "source-duplicate-id",
        "message": "again.csv row 3: the id "1" again, which row 1 has; expected an id of its own for each row. Mend the row, name another id column with --id, or set bad rows aside with --skip-bad N",
      }
    `);
    expect(await failure(await write("none.csv", "id,title\n1,a\n,b\n"))).toMatchInlineSnapshot(`
      {
        "code": "source-malformed",
        "message": "none.csv row 2: no value in the id column "id"; expected an id in every row. Mend the row, or set bad rows aside with --skip-bad N",
      }
    `);
    expect(await idsOf(await write("again.csv", "id,title\n1,a\n2,b\n1,c\n"), { ingest: { skipBad: 1 } })).toEqual([
      "1",
      "2",
    ]);
  });
  test("files of one glob with other columns", async () => {
    await write("glob-1.csv", "id,title\n1,a\n");
    await write("glob-2.csv", "id,name\n1,a\n");
    expect(await failure(join(directory, "glob-*.csv"))).toMatchInlineSnapshot(`
      {
        "code": "source-malformed",
        "message": "glob-2.csv: the columns id, name; expected those of glob-1.csv: id, title. Name the files as sources of their own",
      }
    `);
  });
});

describe("columns that are not there", () => {
  const films = "id,title,imdb_id\n1,Heat,tt1\n";

  test("--id", async () => {
    expect(await failure(await write("films.csv", films), { plan: { ids: ["imdbid"] } })).toMatchInlineSnapshot(`
      {
        "code": "column-missing",
        "message": "films.csv: no column "imdbid", which the id of source "films" names; expected one of: id, title, imdb_id. Did you mean "imdb_id"?",
      }
    `);
  });
  test("--ignore", async () => {
    expect(await failure(await write("films.csv", films), { plan: { ignore: ["imdb_i"] } })).toMatchInlineSnapshot(`
      {
        "code": "column-missing",
        "message": "no column "imdb_i", which --ignore names; expected one of: id, title, imdb_id. Did you mean "imdb_id"?",
      }
    `);
  });
  test("a column of the configuration", async () => {
    const settings = { fields: { year: { from: "titel" } } };
    expect(await failure(await write("films.csv", films), settings)).toMatchInlineSnapshot(`
      {
        "code": "column-missing",
        "message": "films.csv: no column "titel", which the field "year" of the configuration names; expected one of: id, title, imdb_id. Did you mean "title"?",
      }
    `);
  });
  test("people that are no person list", async () => {
    expect(await failure(await write("films.csv", films), { people: ["cast"] })).toMatchObject({
      code: "config-invalid",
    });
  });
});

test("standard input is read like a file", () => {
  const script = `
    import { ingestSource, planSources, profileSource } from "${join(import.meta.dirname, "../index.ts")}";
    const plans = planSources([await profileSource({ name: "stdin", path: "-" })]);
    for await (const batch of ingestSource(plans[0])) console.log(batch.table.rowCount, plans[0].layout.format);`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    input: '[{"id":1,"title":"Heat"}]',
  });
  expect(ran.stdout.toString()).toBe("1 json\n");
});
