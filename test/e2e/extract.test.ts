import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startModelServer } from "../support/model-server.ts";
import { kindred, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

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

test("a model that has prices is told of with what it cost, and prices that are none are refused", async () => {
  const server = await startModelServer();
  onTestFinished(() => server.close());
  await withFolder(async (folder) => {
    await writeFiles(folder, { "texts/a.txt": text, "texts/b.txt": `${text}\n` });
    const extract = (prices: string) => {
      const settings = { KINDRED_MODEL_URL: server.baseUrl, KINDRED_MODEL: "tiny", KINDRED_MODEL_PRICES: prices };
      const args = ["extract", "texts", "--extractor", "model", "--out", "claims.jsonl"];
      return startKindred(folder, args, undefined, undefined, settings).ended;
    };
    const refused = await extract("cheap");
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining("0.15,0.6")]);
    // The server bills 100 tokens in and 20 out for each of two answers.
    expect((await extract("1000,5000")).stdout).toContain("2 answers of a model: 240 tokens, 0.4 in money");
  });
});
