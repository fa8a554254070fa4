import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kindred, withFolder, writeFiles } from "./kindred-process.ts";

/** Flows in JavaScript, which no type checker read. */
const bad = `
import { flow } from "kindred/flow";
const over = () => [1, 2, 2];
const key = String;
export const aFunction = flow("a").step("plan", () => ({ rows: [{ score: () => 1 }] }));
export const tooLarge = flow("a").step("plan", () => "x".repeat(9 * 1024 * 1024));
export const sameKey = flow("a").foreach("each", { over, key }, ({ item }) => item);
export const noList = flow("a").foreach("each", { over: () => 5, key }, ({ item }) => item);
export const noItems = flow("a").foreach("each", { over: () => [], key }, ({ item }) => item).step("sum", ({ art }) => art.each);
export const noParams = flow("a").step("plan", () => 1);
const cyclic = flow("a").step("plan", () => 1).step("score", () => 1);
const steps = cyclic.graph.steps.map((step) => ({ ...step, after: step.name === "plan" ? ["score"] : step.after }));
export const cycle = Object.assign(Object.create(Object.getPrototypeOf(cyclic)), cyclic, { graph: { ...cyclic.graph, steps } });
`;

const refusals: readonly [string, readonly string[], string][] = [
  [
    "aFunction",
    [],
    "run 1/plan: a result that JSON cannot hold: it.rows[0].score is a function; expected objects, arrays",
  ],
  [
    "tooLarge",
    [],
    "run 2/plan: a result of 9437186 bytes as JSON; expected at most 8388608. Put large data into a blob",
  ],
  ["sameKey", [], 'run 3/each/(items): items 1 and 2 have the same key "2"; expected a key of its own for each item'],
  ["noList", [], 'run 4/each/(items): "over" returned number; expected an array of items'],
  ["cycle", [], 'steps of flow "a" wait for each other: plan -> score -> plan'],
  ["noParams", ["--param", "shards=3"], 'flow "a" has no param "shards"; expected none: it has no params'],
];

test("a flow that is wrong ends with what was seen, where, and what was expected", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "bad.js": bad });
    for (const [name, flags, message] of refusals) {
      const { exitCode, stderr } = await kindred(folder, "run", `bad.js#${name}`, ...flags);
      expect(stderr).toContain(message);
      expect(exitCode, stderr).toBe(2);
    }
    const { stdout, exitCode } = await kindred(folder, "run", "bad.js#noItems", "--json");
    expect([JSON.parse(stdout).artifact, exitCode]).toEqual([[], 0]);
  });
});

test("a flow that changed between run and resume is told by what changed, and goes on when that is allowed", async () => {
  const flowOf = (retry: number, step: string): string => `
    import { flow } from "kindred/flow";
    import { appendFileSync, existsSync } from "node:fs";
    const called = (name) => appendFileSync("calls", name + " ");
    export default flow("a")
      .step("plan", { retry: ${retry} }, () => called("plan"))
      .step("${step}", () => {
        called("${step}");
        if (!existsSync("fixed")) throw new Error("not yet");
        return "done";
      });`;
  await withFolder(async (folder) => {
    await writeFiles(folder, { "flow.js": flowOf(0, "score") });
    expect((await kindred(folder, "run", "flow.js")).exitCode).toBe(4);
    await writeFiles(folder, { "flow.js": flowOf(1, "rate"), fixed: "" });
    const refused = await kindred(folder, "resume");
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toMatch(
      /retry of step plan was .*"count":0}, is .*"count":1}; step rate was added; step score was removed/,
    );
    expect(refused.stderr).toContain("--code new (the code here, which runs rate again)");
    const resumed = await kindred(folder, "resume", "1", "--code", "new", "--json");
    expect(JSON.parse(resumed.stdout)).toMatchObject({ run: "1", artifact: "done" });
    expect(await readFile(join(folder, "calls"), "utf8")).toBe("plan score rate ");
  });
});
