import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { flow } from "../flow.ts";
import { Secrets, secretsOf } from "./secrets.ts";

test("only secrets that steps name are taken from the environment", () => {
  const { graph } = flow("a").step("b", { secrets: ["KEY"] }, () => 1);
  expect(secretsOf(graph, { KEY: "hush-hush", OTHER: "quiet" })).toEqual({ KEY: "hush-hush" });
});

test("a secret that is not there, or too short to be masked, is refused by name", () => {
  expect(() => new Secrets(["KEY"], {})).toThrow("this worker's environment has no KEY");
  expect(() => new Secrets(["KEY"], { KEY: "abc" })).toThrow("the secret KEY is too short");
});

test("no text holds a secret once it is masked, as it is or as JSON, and none that holds one is stored", () => {
  const secret = fc.string({ minLength: 6, maxLength: 30 }).filter((text) => !"<KEY>".includes(text));
  fc.assert(
    fc.property(secret, fc.string(), (KEY, text) => {
      const secrets = new Secrets(["KEY"], { KEY });
      const json = JSON.stringify({ text: `${text}${KEY}` });
      expect(secrets.mask(`${text} ${KEY} ${json}`)).toContain("<KEY>");
      expect(() => secrets.assertAbsent("it", json)).toThrow("holds the secret KEY");
      if (!text.includes(KEY)) secrets.assertAbsent("it", text);
    }),
  );
});

test("a file that holds a secret is told from those that do not, wherever in it that stands", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindred-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const path = join(folder, "answers.csv");
  const secrets = new Secrets(["KEY", "OTHER"], { KEY: 'hush-"hush"', OTHER: "as quiet as a mouse" });
  const mebibyte = 2 ** 20;
  for (const before of [0, 7, mebibyte - 1, mebibyte - 5, mebibyte, 2 * mebibyte - 18]) {
    for (const word of ['hush-"hush"', 'hush-\\"hush\\"', "as quiet as a mouse"]) {
      await writeFile(path, `${"x".repeat(before)}${word}${"y".repeat(9)}`);
      await expect(secrets.assertAbsentInFile(path)).rejects.toThrow("the file answers.csv holds the secret");
    }
    await writeFile(path, `${"x".repeat(before)}as quiet as a cat${"y".repeat(9)}`);
    await secrets.assertAbsentInFile(path);
  }
});
