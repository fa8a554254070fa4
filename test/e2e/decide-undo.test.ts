import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kindred, madeCatalogues, withFolder, writeFiles } from "./kindred-process.ts";

const { left, right } = madeCatalogues(300);

async function firstMatch(folder: string): Promise<{ line: string; left: string; right: string }> {
  const [, line = ""] = (await readFile(join(folder, "out/matches.csv"), "utf8")).split("\n");
  const [leftSource, leftId, rightSource, rightId] = line.split(",");
  return { line, left: `${leftSource}/${leftId}`, right: `${rightSource}/${rightId}` };
}

const matchesOf = (folder: string): Promise<string> => readFile(join(folder, "out/matches.csv"), "utf8");

test("a merge that is undone stays undone in later runs, until the decision is taken back", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "a.csv": left, "b.csv": right });
    const link = ["link", "a.csv", "b.csv", "--out", "out"];
    await kindred(folder, ...link);
    const before = await matchesOf(folder);
    const match = await firstMatch(folder);

    expect((await kindred(folder, "undo", match.left, match.right)).exitCode).toBe(0);
    expect(await matchesOf(folder)).not.toContain(match.line);
    const explained = JSON.parse((await kindred(folder, "explain", match.left, match.right, "--json")).stdout);
    expect([explained.outcome, explained.reason]).toEqual(["review", "someone decided that these are different"]);

    await kindred(folder, ...link);
    expect(await matchesOf(folder)).not.toContain(match.line);
    expect((await kindred(folder, "undo", "1")).exitCode).toBe(0);
    expect(await matchesOf(folder)).toBe(before);
    expect((await kindred(folder, "undo", "1")).exitCode).toBe(2);
  });
});

test("an entity that is undone falls into its records, and what someone calls the same becomes one", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "a.csv": left, "b.csv": right });
    await kindred(folder, "link", "a.csv", "b.csv", "--out", "out");
    const match = await firstMatch(folder);
    const entityOf = async (record: string): Promise<string> => {
      const [source, id] = record.split("/");
      const lines = (await readFile(join(folder, "out/entities.csv"), "utf8")).split("\n");
      return lines.find((line) => line.endsWith(`,${source},${id}`))?.split(",")[0] ?? "";
    };
    const entity = await entityOf(match.left);
    expect((await kindred(folder, "undo", entity)).exitCode).toBe(0);
    expect(await entityOf(match.left)).not.toBe(await entityOf(match.right));

    const file = "left_source,left_id,right_source,right_id,decision,reason\n";
    await writeFiles(folder, {
      "say.csv": `${file}${match.left.replace("/", ",")},${match.right.replace("/", ",")},same,I saw both\n`,
    });
    expect((await kindred(folder, "decide", "say.csv")).exitCode).toBe(0);
    expect(await entityOf(match.left)).toBe(await entityOf(match.right));
    await writeFiles(folder, { "bad.csv": `${file}a,l1,b,r1,perhaps,\n` });
    const bad = await kindred(folder, "decide", "bad.csv");
    expect([bad.exitCode, bad.stderr]).toEqual([
      2,
      expect.stringMatching(/bad\.csv row 1.*"perhaps".*same or different/),
    ]);
  });
});

test("a film and a series of one name never share an entity, not even through a record that may be either", async () => {
  await withFolder(async (folder) => {
    const rows = (kind: (i: number) => string, prefix: string): string =>
      `id,kind,title,year,directors\n${Array.from({ length: 60 }, (_, i) => `${prefix}${i},${kind(i)},Harbour Lights ${i},${1960 + i},Ada Abara`).join("\n")}\n`;
    await writeFiles(folder, {
      "films.csv": rows(() => "movie", "f"),
      "series.csv": rows(() => "tv show", "s"),
      "open.csv": rows(() => "title", "o"),
    });
    expect((await kindred(folder, "link", "films.csv", "open.csv", "series.csv", "--out", "out")).exitCode).toBe(0);
    const lines = (await readFile(join(folder, "out/entities.csv"), "utf8")).trim().split("\n").slice(1);
    const sources = Map.groupBy(lines, (line) => line.split(",")[0] as string);
    const together = [...sources.values()].filter(
      (members) =>
        members.some((line) => line.includes(",films,")) && members.some((line) => line.includes(",series,")),
    );
    expect(together).toEqual([]);
    expect([...sources.values()].some((members) => members.length > 1)).toBe(true);
  });
});
