import { join } from "node:path";
import { expect, test } from "vitest";
import { kindred, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

const films = `
import { flow } from "kindred/flow";
import { z } from "zod";

const params = z.object({
  shards: z.int().min(1).max(64).default(4).describe("into how many parts"),
  title: z.string(),
  years: z.array(z.int()).default([]),
  isLoud: z.boolean().default(false),
  tag: z.string().default("none"),
});

export default flow("films", { params })
  .step("plan", ({ params }) => params)
  .foreach("score", { over: (art) => art.plan.years, key: (year: number) => String(year), memoryMiB: 100 }, ({ item }) => item + 1);

export const plain = flow("plain").step("only", async () => {
  const { FatalError } = await import("kindred/flow");
  return new FatalError("lent also to a task that runs").code === "fatal" ? 1 : 0;
});
`;

/** The same shape of flow as a user without types writes it. */
const script = `
import { flow } from "kindred";
export default flow("script", { params: { count: 2, names: ["a"] } })
  .foreach("each", { over: (_art, params) => params.names, key: (name) => name }, ({ item, params }) => item.repeat(params.count));
`;

test("kindred run runs a flow file of the user, wherever it lies, with the flags that the flow declares", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "flows/films.ts": films, "script.js": script });
    const flags = ["--title", "x", "--shards", "3", "--years", "1999", "--years", "2001", "--is-loud"];
    const ran = await kindred(folder, "run", "flows/films.ts", ...flags, "--json");
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(JSON.parse(ran.stdout)).toEqual({ run: "1", status: "done", artifact: [2000, 2002] });
    const shown = JSON.parse((await kindred(folder, "show", "1", "--json")).stdout);
    expect(shown.params).toEqual({ title: "x", shards: 3, years: [1999, 2001], isLoud: true, tag: "none" });
    const scripted = await kindred(
      folder,
      "run",
      "script.js",
      "--count",
      "3",
      "--names",
      "a",
      "--names",
      "b",
      "--json",
    );
    expect(JSON.parse(scripted.stdout).artifact).toEqual(["aaa", "bbb"]);
    const plain = await kindred(folder, "run", "flows/films.ts#plain");
    expect(plain.stdout).toBe("run 3 is done\n1\n");
  });
});

test("kindred run labels a run and lays other resources over those declared, for that run alone", async () => {
  await withFolder(async (folder) => {
    const host = JSON.stringify({ resources: { llm: { atOnce: 4 } } });
    await writeFiles(folder, { "films.ts": films, ".kindred/host.json": host });
    const given = ["--param", "title=x", "--param", "tag=of the flow"];
    const options = ["--tag", "first", "--with", "score.memoryMiB=8192", "--with", "score.llm=2"];
    const ran = await kindred(folder, "run", "films.ts", ...given, ...options);
    expect(ran.exitCode, ran.stderr).toBe(0);
    const shown = JSON.parse((await kindred(folder, "show", "latest", "--json")).stdout);
    expect(shown).toMatchObject({ tags: ["first"], params: { tag: "of the flow" } });
    expect(shown.graph.steps[1].resources).toEqual({ cpu: 1, memoryMiB: 8192, diskMiB: null, named: { llm: 2 } });
  });
});

test("kindred run refuses what goes beyond a budget, with the ceiling, and goes on under a higher one", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "films.ts": films, "kindred.yaml": "project: { budgets: { run: { tasks: 4 } } }\n" });
    const years = ["1", "2", "3", "4", "5"].flatMap((year) => ["--years", year]);
    const refused = await kindred(folder, "run", "films.ts", "--title", "x", ...years);
    expect(refused.exitCode, refused.stderr).toBe(3);
    expect(refused.stderr).toContain("step score with 5 tasks would take about 5 tasks, and 2 are used already");
    expect((await kindred(folder, "resume", "1")).exitCode).toBe(3);
    expect((await kindred(folder, "resume", "1", "--budget", "tasks=20")).exitCode).toBe(0);
    expect((await kindred(folder, "run", "films.ts", "--title", "x", "--budget", "taks=20")).exitCode).toBe(2);
  });
});

test("kindred run FLOW --help names the flow's own flags with their types, defaults and descriptions", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "films.ts": films });
    const { stdout, exitCode } = await kindred(folder, "run", "films.ts", "--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Flow films: plan, score");
    expect(stdout).toMatch(/--shards <integer> +into how many parts; default 4/);
    expect(stdout).toMatch(/--title <text> +required/);
    expect((await kindred(folder, "run", "--help")).stdout).toContain("Usage: kindred run [options] <flow> [flags...]");
  });
});

test("a param named as an option of kindred run is given by --param, and --help says so; --version is the flow's", async () => {
  await withFolder(async (folder) => {
    const flow = `
import { flow } from "kindred";
export default flow("own", { params: { project: "p", branch: "b", production: false, budget: 1, version: 1 } })
  .step("only", ({ params }) => params);
`;
    await writeFiles(folder, { "own.js": flow });
    const { stdout } = await kindred(folder, "run", "own.js", "--help");
    const flags = stdout.slice(stdout.indexOf("Flow own"));
    for (const own of ["project", "branch", "production", "budget"]) {
      expect(flags).not.toMatch(new RegExp(`^ +--${own}\\b`, "m"));
      expect(flags).toMatch(new RegExp(`^  --param ${own}=<`, "m"));
    }
    const given = ["--param", "budget=7", "--param", "project=of the flow", "--param", "production=true"];
    const ran = await kindred(folder, "run", "own.js", "--version", "3", ...given, "--project", "films", "--json");
    expect(ran.exitCode, ran.stderr).toBe(0);
    const params = { project: "of the flow", branch: "b", production: true, budget: 7, version: 3 };
    expect(JSON.parse(ran.stdout).artifact).toEqual(params);
  });
});

const unloadable: Readonly<Record<string, string>> = {
  "typed.ts":
    'import { flow } from "kindred";\nenum Level { Low }\nexport default flow("a").step("b", () => Level.Low);\n',
  "broken.mjs": 'import { flow } from "kindred";\nexport default flow(;\n',
  "throws.ts": 'import { flow } from "kindred";\n\n  throw new Error("at the top");\n',
  "helper.ts": "export const one = 1;\n",
  "imports.ts": 'import { one } from "./helper";\nexport default one;\n',
  "several.ts":
    'import { flow } from "kindred";\nexport const one = flow("one").step("a", () => 1);\nexport const two = one.step("b", () => 2);\n',
  "exits.ts": "process.exit(0);\n",
  "waits.ts": "await new Promise(() => {});\n",
};

test("a flow that a compiler made a CommonJS module of runs as the module did", async () => {
  await withFolder(async (folder) => {
    const compiled = `
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = require("kindred").flow("compiled").step("only", () => "ran");
`;
    await writeFiles(folder, { "compiled.cjs": compiled });
    const { stdout, stderr } = await kindred(folder, "run", "compiled.cjs");
    expect(stdout, stderr).toBe('run 1 is done\n"ran"\n');
  });
});

test("a home that cannot be is told as such, with what to do", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "films.ts": films, file: "" });
    for (const args of [
      ["run", "films.ts", "--title", "x"],
      ["emit", "news"],
    ]) {
      const { exitCode, stderr } = await startKindred(folder, args, undefined, join(folder, "file")).ended;
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("KINDRED_HOME names another home\n")]);
      expect(stderr).toMatch(/^kindred: \S+runs\.sqlite: the run metadata cannot be written/);
    }
  });
});

test("kindred run refuses what it cannot understand, with the word and what was expected, and makes no run", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, {
      "films.ts": films,
      "broken.ts": "export default flow(;\n",
      "empty.ts": "export {};\n",
      ...unloadable,
    });
    const refusals: readonly [readonly string[], string][] = [
      [["films.ts"], '"title": Invalid input: expected string'],
      [["films.ts", "--titel", "x"], "(Did you mean --title?)"],
      [["films.ts", "--title", "x", "--shards", "many"], "--shards many; expected a whole number"],
      [["films.ts", "--title", "x", "--shards", "99"], '"shards": Too big'],
      [
        ["films.ts", "--title", "x", "--param", "titel=x"],
        'has no param "titel"; expected one of shards, title, years',
      ],
      [["films.ts", "--title", "x", "--param", "__proto__=x"], 'has no param "__proto__"'],
      [["films.ts", "--title", "x", "--with", "memoryMiB=5"], "--with memoryMiB=5; expected step.resource=value"],
      [["films.ts", "--title", "x", "--with", "scor.cpu=2"], "the step scor; expected a step among plan, score"],
      [["films.ts", "--title", "x", "--with", "score.cpu=0"], "score.cpu = 0; expected a number above 0"],
      [["films.ts#other"], 'the export "other" is no flow'],
      [["nowhere.ts"], "nowhere.ts: the module of the flow cannot be loaded"],
      [["broken.ts"], "broken.ts: the module of the flow cannot be loaded"],
      [["nowhere.ts"], "(there is no such file)"],
      [["broken.ts"], "broken.ts:1)"],
      [["typed.ts"], "typed.ts:2). Node takes types away and leaves the rest: write a const object for an enum"],
      [["broken.mjs"], "broken.mjs:2)"],
      [["throws.ts"], "(at the top, at "],
      [["throws.ts"], "throws.ts:3:9)"],
      [["imports.ts"], "An import names the whole file: "],
      [["."], "(it is a folder)"],
      [
        ["several.ts"],
        'the export "default" is no flow; expected a flow made with flow(name).step(...). It exports one, two',
      ],
      [["exits.ts"], "the process ended before the command did"],
      [["waits.ts"], "the process ended before the command did"],
      [["empty.ts"], 'the export "default" is no flow; expected a flow made with flow(name)'],
    ];
    for (const [args, message] of refusals) {
      const { exitCode, stderr } = await kindred(folder, "run", ...args);
      expect(stderr).toContain(message);
      expect(exitCode, stderr).toBe(2);
    }
    expect(JSON.parse((await kindred(folder, "runs", "--json")).stdout)).toEqual({ runs: [] });
  });
});
