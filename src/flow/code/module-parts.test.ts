import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { parseSync, type Statement } from "oxc-parser";
import { describe, expect, test } from "vitest";
import { bareCode } from "./bare-code.ts";
import { moduleParts, namesIn } from "./module-parts.ts";
import { sourceText } from "./source-text.ts";

describe("bare code", () => {
  test.each([
    ['a = \'b\' + "c\\"d"; // e', "a =     +       ;     "],
    ["a = `b $" + "{ c + `d $" + "{{ e: 1 }}` } f`; g", "a =       c +      { e: 1 }       ; g"],
    ["a = b / c / d; e = /[/'\"]`/g.test(f)", "a = b / c / d; e =          .test(f)"],
    ["return /}/.test(a)", "return    .test(a)"],
    ["/* a\n b */ c", "    \n      c"],
  ])("of %j is %j", (code, bare) => {
    expect(bareCode(code)).toBe(bare);
  });

  test.each(["a = 'b", "a = `b", "a = `b ${c`", "{ a", "a }"])("of %j cannot be told", (code) => {
    expect(bareCode(code)).toBeNull();
  });

  test("has each place where it was, in whatever text", () => {
    const word = fc.constantFrom("a", "'", '"', "`", "${", "}", "{", "/", "*", "\n", "\\", "(", ")", " ");
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const code = words.join("");
        const bare = bareCode(code);
        expect(bare === null || bare.length === code.length).toBe(true);
      }),
    );
  });
});

describe("parts of a module", () => {
  test("are its statements with the names they give a meaning", () => {
    const code = `import a, { b as c, d } from "./x.js"; import "./y.js";
import * as e from "z" with { type: "json" };
const f = 1, { g, h: [i] } = a({ j: 1 });
export async function* k(l) {
  return l;
}
export class M {}
f.n = 1;
export const o = flow("p")
  .step("q", () => r)
  .step("s", () => 1)
export default o;
export { c };`;
    expect(moduleParts(code)?.map(({ names, imports }) => imports ?? names)).toEqual([
      ["a", "b as c", "d"],
      null,
      ["* as e"],
      ["f", "g", "h", "i"],
      ["k"],
      ["M"],
      null,
      ["o"],
      [],
      [],
    ]);
  });

  test("have the names that a parser finds, and miss no statement that does something, in every module of this repository", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const modules = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    expect(modules.length).toBeGreaterThan(300);
    for (const path of modules) {
      const code = sourceText(join(root, path));
      const parts = moduleParts(code) ?? [];
      const statements = parseSync("module.js", code).program.body.map(declaredIn);
      const declared = parts.flatMap(({ names }) => names ?? []);
      expect(
        statements.flatMap((names) => names?.filter((name) => !declared.includes(name)) ?? []),
        path,
      ).toEqual([]);
      const effects = (all: readonly (readonly string[] | null)[]): number =>
        all.filter((names) => names === null).length;
      expect(effects(parts.map(({ names }) => names)), path).toBeGreaterThanOrEqual(effects(statements));
    }
  });
});

/** The names that a statement gives a meaning; null when it does something. */
function declaredIn(statement: Statement): readonly string[] | null {
  switch (statement.type) {
    case "ImportDeclaration":
      return statement.specifiers.length === 0 ? null : statement.specifiers.map(({ local }) => local.name);
    case "ExportNamedDeclaration":
      return statement.declaration === null ? [] : declaredIn(statement.declaration as Statement);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return statement.id === null ? [] : [statement.id.name];
    case "VariableDeclaration":
      return statement.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
    default:
      return statement.type.startsWith("Export") ? [] : null;
  }
}

test("names of properties are no mentions, spread ones are", () => {
  expect([...namesIn("a.b?.c + [...d] + e['f']\n  .g")]).toEqual(["a", "d", "e", "f"]);
});

test("a comment of megabytes, such as a source map, is read like any other", () => {
  const long = "word ".repeat(2_000_000);
  for (const comment of [`// ${long}\n`, `/* ${long} */`]) {
    const parts = moduleParts(`${comment}const one = 1;${comment}`);
    expect(parts?.map(({ bare }) => [...namesIn(bare)])).toEqual([["const", "one"]]);
  }
});

test("a text of megabytes, such as a prompt or an embedded table, is read like any other", () => {
  const long = "word ".repeat(2_000_000);
  for (const text of [`"${long}"`, `\`${long}\``]) {
    const parts = moduleParts(`const prompt = ${text};\nconst other = prompt.length;`);
    expect(parts?.map(({ names }) => names)).toEqual([["prompt"], ["other"]]);
    expect([...namesIn(parts?.[0]?.bare ?? "")]).toEqual(["const", "prompt"]);
  }
});
