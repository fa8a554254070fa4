import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolderOf } from "../fixtures/catalogues.ts";
import { readDecisionFile } from "./decision-file.ts";

const header = "left_source,left_id,right_source,right_id,decision,reason";
const read = (text: string): Promise<unknown> =>
  inFolderOf({ "d.csv": text }, (folder) => readDecisionFile(join(folder, "d.csv")));

test("a row of review.csv with a decision added is one, whatever other columns and marks a spreadsheet left", async () => {
  const row = '"a, b",007,b,"x ""y""",0.4,-0.58,close,same,seen';
  const text = `\uFEFFleft_source,left_id,right_source,right_id,probability,weight,reason_of_review,decision,reason\r\n${row}\r\n\r\n`;
  expect(await read(text)).toEqual([
    { kind: "same", left: { source: "a, b", id: "007" }, right: { source: "b", id: 'x "y"' }, reason: "seen" },
  ]);
});

test("what is no decision is told with its file, row and column", async () => {
  await expect(read(`${header}\na,1,b,1,same,\na,2,b,2,maybe,\n`)).rejects.toThrow(/d\.csv row 2, column decision/);
  await expect(read("left_source,left_id,decision\na,1,same\n")).rejects.toThrow(/no column right_source, right_id/);
  await expect(read(`${header}\na,1,b\n`)).rejects.toMatchObject({ code: "source-malformed" });
  await expect(read(`${header}\n`)).rejects.toMatchObject({ code: "source-empty" });
  await expect(readDecisionFile("/none.csv")).rejects.toMatchObject({ code: "source-missing" });
});
