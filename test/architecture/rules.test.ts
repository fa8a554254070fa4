import { describe, expect, test } from "vitest";
import { bannedNameViolations } from "./banned-names.ts";
import { docCommentViolations } from "./doc-comments.ts";
import { importCycleViolations } from "./import-cycles.ts";
import { packageViolations } from "./optional-packages.ts";
import { outsideWorldViolations } from "./outside-world.ts";
import { pinViolations } from "./package-rules.ts";
import { registryHostViolations } from "./registry-hosts.ts";
import { roomViolations } from "./room-rules.ts";
import { sizeViolations, smallFileViolations } from "./sizes.ts";
import { parseSource, type SourceFile } from "./source-file.ts";
import { startUpViolations } from "./start-up.ts";
import { syntaxViolations } from "./syntax.ts";
import { testViolations } from "./test-rules.ts";
import { type Violation, violationsToText } from "./violation.ts";

/** What a rule sees in a snippet: `line what`, without the advice. */
function seen(rule: (file: SourceFile) => Violation[], path: string, code: string): string[] {
  return rule(parseSource(path, code)).map(({ line, what }) => `${line} ${what}`);
}

const inRoom = (path: string, specifier: string) => seen(roomViolations, path, `import { x } from "${specifier}";`);

test("a violation reads as place, what and what to do, sorted by place", () => {
  const violations = ["b.ts", "a.ts"].map((file) => ({ file, line: 2, what: "is odd", todo: "make it even" }));
  expect(violationsToText(violations)).toBe("a.ts:2 is odd -> make it even\nb.ts:2 is odd -> make it even");
});

test("a file that is not TypeScript cannot pass by not being read", () => {
  expect(() => parseSource("src/base/x.ts", "const = 1")).toThrow("src/base/x.ts");
});

describe("rooms", () => {
  test("an import upwards or sideways is a violation, also of a type or when dynamic", () => {
    expect(inRoom("src/flow/a.ts", "../linkage/index.ts")).toEqual(["1 imports src/linkage/index.ts"]);
    expect(inRoom("src/base/deep/a.ts", "../../cli/index.ts")).toEqual(["1 imports src/cli/index.ts"]);
    expect(seen(roomViolations, "src/flow/a.ts", 'type X = import("../graph/index.ts").Y;')).toHaveLength(1);
    expect(seen(roomViolations, "src/flow/a.ts", '\nawait import("../graph/index.ts");')).toHaveLength(1);
    expect(seen(roomViolations, "src/flow/a.ts", 'export * from "../graph/index.ts";')).toHaveLength(1);
  });

  test("an import downwards past the index is a violation, through it is none", () => {
    expect(inRoom("src/flow/deep/a.ts", "../../base/errors.ts")).toEqual(["1 imports src/base/errors.ts"]);
    expect(inRoom("src/flow/deep/a.ts", "../../base/index.ts")).toEqual([]);
    expect(inRoom("src/flow/deep/a.ts", "../b.ts")).toEqual([]);
  });

  test("a room that nobody placed is a violation", () => {
    expect(seen(roomViolations, "src/utils/a.ts", "")).toEqual(['1 is in an unknown room "utils"']);
  });

  test("only tests reach out of src, and only into test", () => {
    expect(inRoom("src/base/a.ts", "../../test/needs.ts")).toHaveLength(1);
    expect(inRoom("src/base/a.test.ts", "../../test/needs.ts")).toEqual([]);
    expect(inRoom("src/base/a.test.ts", "../../bench/x.ts")).toHaveLength(1);
  });

  test("the browser takes types from src and no code", () => {
    expect(inRoom("web/app.tsx", "../src/serve/index.ts")).toHaveLength(1);
    expect(seen(roomViolations, "web/app.tsx", 'import type { x } from "../src/serve/index.ts";')).toEqual([]);
  });
});

describe("import cycles", () => {
  const cyclesOf = (imports: Record<string, string>) => {
    const files = Object.entries(imports).map(([path, target]) => parseSource(path, `import "${target}";`));
    return importCycleViolations(files).map(({ what }) => what);
  };

  test("a ring is named once, whoever is looked at first", () => {
    const ring = { "src/c.ts": "./a.ts", "src/a.ts": "./b.ts", "src/b.ts": "./c.ts" };
    expect(cyclesOf(ring)).toEqual(["is in an import cycle src/a.ts > src/b.ts > src/c.ts > src/a.ts"]);
  });

  test("a chain that ends is none", () => {
    expect(cyclesOf({ "src/a.ts": "./b.ts", "src/b.ts": "./c.ts", "src/c.ts": "node:fs" })).toEqual([]);
  });
});

describe("packages", () => {
  const lists = { dependencies: ["zod"], optionalPeers: ["ai", "pg"] };
  const seenIn = (sources: Record<string, string>) => {
    const files = Object.entries(sources).map(([path, code]) => parseSource(path, code));
    return packageViolations(files, lists).map(({ file, what }) => `${file} ${what}`);
  };

  test("an optional one may not be loaded when a room is", () => {
    const sources = { "src/flow/index.ts": 'import "./a.ts";', "src/flow/a.ts": 'import "pg";' };
    expect(seenIn(sources)).toEqual(["src/flow/a.ts imports the package pg"]);
  });

  test("an optional one behind import() is loaded on use", () => {
    const sources = { "src/flow/index.ts": 'await import("./a.ts");', "src/flow/a.ts": 'import "pg";' };
    expect(seenIn(sources)).toEqual([]);
  });

  test("one that is not installed with the package is a violation, in a test it is none", () => {
    const code = 'import "vitest"; import "zod/v4"; import "node:fs";';
    expect(seenIn({ "src/base/a.ts": code, "src/base/a.test.ts": code })).toEqual([
      "src/base/a.ts imports the package vitest",
    ]);
  });

  test("only commander is loaded before the command is known", () => {
    const sources = { "src/cli/main.ts": 'import "./a.ts"; import "commander";', "src/cli/a.ts": '\nimport "zod";' };
    const files = Object.entries(sources).map(([path, code]) => parseSource(path, code));
    expect(violationsToText(startUpViolations(files))).toContain("src/cli/a.ts:2 loads zod whenever kindred starts");
    const lazy = { ...sources, "src/cli/main.ts": 'await import("./a.ts");' };
    expect(startUpViolations(Object.entries(lazy).map(([path, code]) => parseSource(path, code)))).toEqual([]);
  });

  test("a language model's have one door", () => {
    const code = 'import { generateText } from "ai";';
    expect(seenIn({ "src/infer/b.ts": code, "src/infer/model/b.ts": code })).toEqual([
      "src/infer/b.ts imports the package ai",
    ]);
  });
});

describe("the outside world", () => {
  const uses = (path: string, code: string) => seen(outsideWorldViolations, path, code);

  test("is seen in all its spellings", () => {
    expect(uses("src/flow/a.ts", "f(process.env.HOME);")).toEqual(["1 uses process.env"]);
    expect(uses("src/flow/a.ts", "const { argv } = process;")).toEqual(["1 uses process.argv"]);
    expect(uses("src/flow/a.ts", 'import { env } from "node:process";')).toEqual(["1 uses process.env"]);
    expect(uses("src/flow/a.ts", "console.log(1);")).toEqual(["1 uses console"]);
    expect(uses("src/flow/a.ts", "f(Date.now(), Math.random());")).toEqual(["1 uses Date.now", "1 uses Math.random"]);
  });

  test("hands a process that begins its arguments, and nothing else", () => {
    expect(uses("src/flow/worker-entry.ts", "f(process.argv, process.env);")).toEqual(["1 uses process.env"]);
  });

  test("is open to cli, serve and tests, and a word of it is not a use", () => {
    for (const path of ["src/cli/a.ts", "src/serve/a.ts", "src/flow/a.test.ts", "test/a.ts"]) {
      expect(uses(path, "console.log(process.env, Date.now());")).toEqual([]);
    }
    expect(uses("src/flow/a.ts", "f({ console: 1 }, this.console, process.pid);")).toEqual([]);
  });
});

describe("doc comments", () => {
  const bare = (code: string) => seen(docCommentViolations, "src/base/a.ts", code);

  test("are missed on every kind of export", () => {
    expect(bare("export const a = 1;")).toEqual(["1 exports a without a doc comment"]);
    expect(bare("// why\nexport function f() {}")).toEqual(["2 exports f without a doc comment"]);
    expect(bare("/** of c */\nconst c = 1;\nexport interface I {}")).toEqual(["3 exports I without a doc comment"]);
    expect(bare("const a = 1;\nexport { a };")).toEqual(["1 exports a without a doc comment"]);
    expect(bare("export default class {}")).toEqual(["1 exports default without a doc comment"]);
  });

  test("are enough at the declaration, and at the first overload", () => {
    expect(bare("/** A. */\nconst a = 1;\nexport { a };")).toEqual([]);
    expect(bare("/** F. */\nexport function f(): void;\nexport function f() {}")).toEqual([]);
    expect(bare('export { a } from "./b.ts";')).toEqual([]);
  });
});

describe("sizes", () => {
  const lines = (count: number) => "f();\n".repeat(count);

  test("a file may have 500 lines, a function 70", () => {
    const sizes = (code: string) => seen(sizeViolations, "src/base/a.ts", code);
    expect(sizes(lines(500))).toEqual([]);
    expect(sizes(lines(501))).toEqual(["501 has 501 lines, more than 500"]);
    expect(sizes(`function g() {\n${lines(68)}}`)).toEqual([]);
    expect(sizes(`const g = () => {\n${lines(69)}}`)).toEqual(["1 a function of 71 lines, more than 70"]);
  });

  test("a suite may be long, a test of it not", () => {
    const sizes = (code: string) => seen(sizeViolations, "src/base/a.test.ts", code);
    expect(sizes(`describe("a", () => {\n${lines(90)}});`)).toEqual([]);
    expect(sizes(`test("a", () => {\n${lines(90)}});`)).toHaveLength(1);
  });

  test("half of the files have to be small, tests not counted", () => {
    const file = (name: string, count: number) => parseSource(`src/base/${name}`, lines(count));
    const few = [file("a.ts", 80), file("b.ts", 90), file("c.ts", 79), file("d.test.ts", 5)];
    expect(smallFileViolations(few).map(({ file: path }) => path)).toEqual(["src/base/b.ts"]);
    expect(smallFileViolations([...few, file("e.ts", 5)])).toEqual([]);
  });
});

test("what Node cannot run is seen, what it erases is not", () => {
  const faults = (code: string) => seen(syntaxViolations, "src/base/a.ts", code);
  expect(faults("enum A { B }")).toEqual(["1 declares the enum A"]);
  expect(faults("namespace A { export const b = 1 }")).toEqual(["1 declares a namespace"]);
  expect(faults("class A { constructor(readonly b: number) {} }")).toEqual(["1 declares a parameter property"]);
  expect(faults('import "./b"; import "./c.js"; import "./d.ts";')).toEqual(['1 imports "./b"']);
  expect(faults("declare global { interface A {} }")).toEqual([]);
});

test("a banned word is seen within a name, and not within another word", () => {
  const named = (path: string, code: string) => seen(bannedNameViolations, path, code);
  expect(named("src/flow/a.ts", "const nextJob = 1;\nfunction f(job_id) {}\nconst jobless = other.job;")).toEqual([
    "1 is named nextJob",
    "2 is named job_id",
  ]);
  expect(named("src/flow/job-list.ts", "")).toEqual(["1 is named job-list"]);
});

describe("tests", () => {
  const faults = (code: string) => seen(testViolations, "src/base/a.test.ts", code);

  test("of one name in one suite are a violation, in two suites they are none", () => {
    expect(faults('test("a", f);\ntest.each([1])("a", f);')).toEqual(['2 repeats the test name of line 1: "a"']);
    expect(faults('describe("x", () => { test("a", f); });\ndescribe("y", () => { test("a", f); });')).toEqual([]);
  });

  test("that run alone, or are skipped without a reason, are a violation", () => {
    expect(faults('test.only("a", f);')).toEqual(["1 runs only this test"]);
    expect(faults('describe.skipIf(x)("a", f);')).toEqual(["1 .skipIf prints no reason"]);
    expect(faults('test("a", (context) => context.skip());')).toEqual(["1 skips without a reason"]);
    expect(faults('test("a", (context) => context.skip(x, "no browser"));')).toEqual([]);
  });
});

test("a registry's host is seen, and a host under it, and not one that only looks like it", () => {
  const host = ["registry", "npmjs", "org"].join(".");
  expect(registryHostViolations("a.md", `x\nhttps://${host}/zod`)).toMatchObject([{ file: "a.md", line: 2 }]);
  expect(registryHostViolations("a.md", `${host}.example.com and www.wikidata.org`)).toEqual([]);
});

test("a range and an unargued dependency are seen, a peer's range is none", () => {
  const text = '{\n"dependencies": {\n"zod": "^4.0.0",\n"yaml": "2.9.1" },\n"peerDependencies": { "ai": "^7.0.0" } }';
  expect(pinViolations("package.json", text, "We take `zod`.").map(({ line, what }) => `${line} ${what}`)).toEqual([
    "3 takes zod ^4.0.0",
    "4 depends on yaml, which no decision names",
  ]);
});
