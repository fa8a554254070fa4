import { appendFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFolderOf } from "../fixtures/catalogues.ts";
import { appendLabel, type PairLabel, readLabels, removeLastLabel } from "./label-file.ts";

const label = (id: string, word: PairLabel["label"] = "same"): PairLabel => ({
  left: { source: "a", id },
  right: { source: 'b, "c"', id: `${id}\n` },
  label: word,
});

describe("a file of labels", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await makeFolderOf({});
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("gives back what was said, in order, whatever signs ids hold; taking back removes the last", async () => {
    const path = join(folder, "labels.csv");
    expect(await readLabels(path)).toEqual([]);
    const said = [label("1"), label("2", "different"), label("3", "unsure")];
    for (const one of said) await appendLabel(path, one);
    expect(await readLabels(path)).toEqual(said);
    await removeLastLabel(path, label("2", "different"));
    expect(await readLabels(path)).toEqual(said);
    await removeLastLabel(path, label("3", "unsure"));
    expect(await readLabels(path)).toEqual(said.slice(0, 2));
  });

  test("that an editor left without its last line end goes on in a line of its own", async () => {
    const path = join(folder, "edited.csv");
    await writeFile(path, "left_source,left_id,right_source,right_id,label\na,1,b,2,1");
    await appendLabel(path, label("3", "different"));
    expect((await readLabels(path)).map((one) => one.label)).toEqual(["same", "different"]);
    expect(await readFile(path, "utf8")).toMatch(/a,1,b,2,1\na,3,/);
  });

  test("loses nothing when two write at once", async () => {
    const path = join(folder, "both.csv");
    const all = Array.from({ length: 20 }, (_, i) => label(`${i}`));
    await Promise.all(all.map((one) => appendLabel(path, one)));
    expect((await readLabels(path)).map(({ left }) => left.id).sort()).toEqual(all.map(({ left }) => left.id).sort());
    expect((await readdir(folder)).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  test("with a word that is no label, or without a column, is refused with its place", async () => {
    const path = join(folder, "bad.csv");
    await writeFile(path, "left_source,left_id,right_source,right_id,label\na,1,b,2,same\n");
    await appendFile(path, "a,1,b,3,perhaps\n");
    await expect(readLabels(path)).rejects.toMatchObject({ code: "source-malformed", parts: { where: { row: 2 } } });
    await writeFile(path, "left_source,left_id,label\na,1,same\n");
    await expect(readLabels(path)).rejects.toMatchObject({ code: "column-missing" });
  });
});
