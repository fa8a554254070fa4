import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kindred, withFolder, writeFiles } from "./kindred-process.ts";
import { typeErrors } from "./type-check.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guide = await readFile(join(root, "docs/guide/flows.md"), "utf8");

/** The flows of the guide, each with the result that the guide shows for it. */
const flows = [...guide.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```([\s\S]*?)```json\n([\s\S]*?)```/g)].map(
  ([, file, code, , result]) => ({ file: file as string, code: code as string, result: JSON.parse(result as string) }),
);

test("the guide to flows shows every shape, each with its result", () => {
  const files = [
    "words.ts",
    "scores.ts",
    "branches.ts",
    "conditions.ts",
    "tiles.ts",
    "failures.ts",
    "files.ts",
    "inputs.ts",
  ];
  expect(flows.map(({ file }) => file)).toEqual(files);
  expect([...guide.matchAll(/```ts\n/g)]).toHaveLength(files.length);
});

test("every flow of the guide runs as it is, and comes to the result that the guide shows", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, Object.fromEntries(flows.map(({ file, code }) => [file, code])));
    for (const { file, result } of flows) {
      const { stdout, stderr } = await kindred(folder, "run", file, "--json");
      expect({ file, artifact: stdout === "" ? stderr : JSON.parse(stdout).artifact }).toEqual({
        file,
        artifact: result,
      });
    }
    const other = await kindred(folder, "run", "words.ts", "--longest", "3", "--text", "out and out", "--json");
    expect(JSON.parse(other.stdout).artifact).toEqual({ out: 2, and: 1 });
  });
});

test("every flow of the guide satisfies the type checker", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, Object.fromEntries(flows.map(({ file, code }) => [file, code])));
    const paths = { "kindred/flow": "src/flow/index.ts", zod: "node_modules/zod/index.d.ts" };
    expect(await typeErrors(folder, paths)).toBe("");
  });
});
