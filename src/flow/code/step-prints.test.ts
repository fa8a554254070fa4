import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { StepCode } from "../flow.ts";
import { archiveCode } from "./code-archive.ts";
import { stepPrints } from "./step-prints.ts";

const files = {
  "flow.ts": `import { flow } from "kindred/flow";
import { weigh, type Weight } from "./weigh.ts";
import { unused } from "./unused.ts";
import { big } from "big";
const limit: number = 3;
function few(items: string[]): string[] { return items.slice(0, limit); }
const retries = 2;
const made = (n: number) => () => n;
export default flow("a", { params: { path: "" } })
  .step("plan", (): string[] => few(["a", "b"]))
  .foreach("weigh", { over: (art) => art.plan, key: String, retry: retries }, async ({ item }): Promise<Weight> => weigh(item))
  .step("read", { after: [] }, () => new URL("./data.json", import.meta.url))
  .step("pack", { after: [] }, () => big())
  .step("made", { after: [] }, made(5));
`,
  "weigh.ts": `import { unit } from "./units/unit.ts";
import type { Shape } from "./shape.ts";
export type Weight = number;
export const weigh = (item: string): Weight => item.length * unit;`,
  "units/unit.ts": "export const unit = 2;",
  "shape.ts": "export interface Shape {}",
  "unused.ts": "export const unused = 1;",
  "data.json": "{}",
  "package.json": '{ "type": "module", "version": "1.0.0" }',
  "package-lock.json": "{}",
  "node_modules/big/package.json": "{}",
};

/** What the functions of the steps look like once Node has loaded them. */
const functions: Readonly<Record<string, readonly string[]>> = {
  plan: ['()           => few(["a", "b"])'],
  weigh: ["async ({ item })                  => weigh(item)", "(art) => art.plan", String(String)],
  read: ['() => new URL("./data.json", import.meta.url)'],
  pack: ["() => big()"],
  made: ["() => n"],
};

function code(): ReadonlyMap<string, StepCode> {
  const shown = (text: string): StepCode["task"] => Object.assign(() => 1, { toString: () => text });
  return new Map(
    Object.entries(functions).map(([step, [task = "", over, key]]) => [
      step,
      { task: shown(task), ...(over && { over: shown(over) }), ...(key && { key: shown(key) as () => string }) },
    ]),
  );
}

/** The steps that a change of one file reaches. */
function reached(change: Readonly<Record<string, string>>): string[] {
  const prints = [files, { ...files, ...change }].map((version) => {
    const folder = mkdtempSync(join(tmpdir(), "kindred-prints-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const [path, text] of Object.entries(version)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return stepPrints(code(), archiveCode(join(folder, "flow.ts")).sources);
  });
  return Object.keys(functions).filter((step) => prints[0]?.[step] !== prints[1]?.[step]);
}

function flowWith(before: string, after: string): Readonly<Record<string, string>> {
  expect(files["flow.ts"]).toContain(before);
  return { "flow.ts": files["flow.ts"].replace(before, after) };
}

test("a file reaches the steps that name what it gives, through other files too, and a step that cannot be told", () => {
  expect(reached({})).toEqual([]);
  expect(reached({ "weigh.ts": "export const weigh = () => 0;" })).toEqual(["weigh", "made"]);
  expect(reached({ "units/unit.ts": "export const unit = 3;" })).toEqual(["weigh", "made"]);
  expect(reached({ "data.json": "[]" })).toEqual(["read", "made"]);
  expect(reached({ "unused.ts": "export const unused = 2;" })).toEqual(["made"]);
  expect(reached({ "package-lock.json": "{ }" })).toEqual(["pack", "made"]);
});

test("a declaration of the module reaches the steps that come to it, and what is loaded for its effect reaches all", () => {
  expect(reached(flowWith("limit: number = 3", "limit: number = 4"))).toEqual(["plan", "made"]);
  expect(reached(flowWith("const limit", "process.env.X = '1';\nconst limit"))).toEqual(Object.keys(functions));
});

test("types, comments and how a step is run reach no step that can be told", () => {
  expect(reached({ "shape.ts": "export interface Shape { a: 1 }" })).toEqual([]);
  expect(reached(flowWith("const retries = 2", "const retries = 4; // more"))).toEqual(["made"]);
  expect(reached(flowWith("retry: retries", "retry: 5, memoryMiB: 900"))).toEqual(["made"]);
});
