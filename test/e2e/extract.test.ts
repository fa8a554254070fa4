import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kindred, withFolder, writeFiles } from "./kindred-process.ts";

const text =
  '"Harbour Lights 2" (2001) is the sequel to "Harbour Lights" (1999). It was once planned as a sequel to "Winter".\n';

test("documents become claims whose quotes are found again, byte for byte, and hold both ends", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "texts/a.txt": text });
    const ended = await kindred(folder, "extract", "texts", "--out", "claims.jsonl", "--json");
    expect([ended.exitCode, JSON.parse(ended.stdout).claims]).toEqual([0, 1]);
    const [claim] = (await readFile(join(folder, "claims.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { quote, startByte, endByte } = claim.provenance[0];
    expect(Buffer.from(text).subarray(startByte, endByte).toString()).toBe(quote);
    for (const name of [claim.subject.name, claim.object.name]) expect(quote).toContain(name);
    expect(await readFile(join(folder, "claims.jsonl.rejected.jsonl"), "utf8")).toContain("hypothetical");
  });
});

test("a model that is not set up is told with what to set, and nothing is written", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "texts/a.txt": text });
    const ended = await kindred(folder, "extract", "texts", "--extractor", "model", "--out", "claims.jsonl");
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringMatching(/KINDRED_MODEL_URL.*--extractor rules/s)]);
    await expect(readFile(join(folder, "claims.jsonl"))).rejects.toThrow(/ENOENT/);
  });
});
