import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { kindred, withFolder, writeFiles } from "./kindred-process.ts";

/** Pairs of tools: a match has the same number, written in two ways. */
function madePairs(count: number, seed: number, labelled = true): string {
  const random = seededRandom(seed);
  const lines = Array.from({ length: count }, (_, i) => {
    const number = 1000 + random.integer(9000);
    const match = random.integer(3) === 0;
    const other = match ? number : 1000 + random.integer(9000);
    return `${labelled ? `${Number(match)},` : ""}${i},"drill, DX-${number}",DX${other} drill`;
  });
  return `${labelled ? "label," : ""}pair,left_name,right_name\n${lines.join("\n")}\n`;
}

describe("kindred classify", () => {
  test("writes a probability a row and prints one document; a kept model says much the same without labels", async () => {
    await withFolder(async (folder) => {
      const files = { "train.csv": madePairs(120, 1), "valid.csv": madePairs(60, 2), "test.csv": madePairs(50, 3) };
      await writeFiles(folder, { ...files, "plain.csv": madePairs(50, 3, false) });
      const learn = ["--train", "train.csv", "--valid", "valid.csv", "--test", "test.csv", "--out", "p.csv"];
      const ended = await kindred(folder, "classify", ...learn, "--model-out", "model.json", "--json");
      expect([ended.exitCode, ended.stderr]).toEqual([0, ""]);
      expect(JSON.parse(ended.stdout)).toMatchObject({ pairs: 50, valid: { labelled: 60 }, test: { labelled: 50 } });
      expect(JSON.parse(ended.stdout).test.f1).toBeGreaterThan(0.9);
      const lines = (await readFile(join(folder, "p.csv"), "utf8")).trimEnd().split("\n");
      expect(lines[0]).toBe("pair,probability");
      expect(lines).toHaveLength(51);
      const byModel = ["--model", "model.json", "--test", "plain.csv", "--out", "q.csv"];
      const again = await kindred(folder, "classify", ...byModel);
      expect([again.exitCode, again.stderr]).toEqual([0, ""]);
      const found = (text: string) =>
        text
          .trimEnd()
          .split("\n")
          .slice(1)
          .map((line) => Number(line.split(",")[1]) >= 0.5);
      const [seen, kept] = [found(lines.join("\n")), found(await readFile(join(folder, "q.csv"), "utf8"))];
      expect(seen.filter((match, i) => match === kept[i]).length).toBeGreaterThan(45);
    });
  });

  test("ends with 2 and writes nothing where there is nothing to learn from", async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "train.csv": madePairs(20, 1, false), "test.csv": madePairs(20, 2) });
      const files = ["--train", "train.csv", "--test", "test.csv", "--out", "p.csv"];
      const ended = await kindred(folder, "classify", ...files);
      expect(ended.exitCode).toBe(2);
      expect(ended.stderr).toContain('no column "label"');
      const neither = await kindred(folder, "classify", "--test", "test.csv", "--out", "p.csv");
      expect([neither.exitCode, neither.stderr.includes("--model")]).toEqual([2, true]);
      await expect(readFile(join(folder, "p.csv"))).rejects.toThrow("ENOENT");
    });
  });
});
