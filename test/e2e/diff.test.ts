import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { entriesOf, kindred, madeCatalogues, withFolder, writeFiles } from "./kindred-process.ts";

const { left, right } = madeCatalogues(200);

test("kindred diff says what came and went between two linkages, why, and keeps to 80 columns", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "a.csv": left, "b.csv": right });
    await kindred(folder, "link", "a.csv", "b.csv", "--out", "before");
    await kindred(
      folder,
      "link",
      "a.csv",
      "b.csv",
      "--ignore",
      "genres,genre",
      "--threshold",
      "0.9999",
      "--out",
      "after",
    );
    const shown = await kindred(folder, "diff", "before", "after", "--out", "changes.csv");
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toMatch(/matches: \d+ new, \d+ lost, \d+ the same/);
    const lines = shown.stdout.split("\n").filter((line) => !line.includes(folder));
    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);

    const { stdout } = await kindred(folder, "diff", "before", "after", "--json");
    const found = JSON.parse(stdout);
    expect(found.pairs.lost).toBeGreaterThan(0);
    const counted = found.causes.reduce((sum: number, cause: { lost: number }) => sum + cause.lost, 0);
    expect(counted).toBe(found.pairs.lost);
    expect(found.pairDiffs).toHaveLength(found.pairs.lost + found.pairs.new);
    const rows = (await readFile(join(folder, "changes.csv"), "utf8")).trim().split("\n");
    expect(rows).toHaveLength(1 + found.pairDiffs.length + found.entityDiffs.length);

    const before = await entriesOf(folder);
    const refused = await kindred(folder, "diff", "before", folder);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringMatching(/no linkage is published here/)]);
    const ending = await kindred(folder, "diff", "before", "after", "--out", "changes.xlsx");
    expect([ending.exitCode, ending.stderr]).toEqual([2, expect.stringContaining(".jsonl")]);
    expect(await entriesOf(folder)).toEqual(before);
  });
});
