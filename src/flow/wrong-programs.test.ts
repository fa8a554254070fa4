import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("./fixtures/wrong", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
/** What the wrong programs build on: it must have no error of its own. */
const rightProgram = "planned.ts";
const programs = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== rightProgram);

/** The errors of the type checker by file: each its first line, and the lines that explain it. */
function typeErrors(): Map<string, string[]> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
    cwd: root,
    encoding: "utf8",
  });
  const errors = new Map<string, string[]>();
  for (const text of stdout.split(/\n(?! )/)) {
    const file = /([^/]+\.ts)\(\d+,\d+\): error TS/.exec(text)?.[1];
    if (file !== undefined) errors.set(file, [...(errors.get(file) ?? []), text]);
  }
  return errors;
}

describe("the type checker", () => {
  let errors: ReadonlyMap<string, readonly string[]> = new Map();
  beforeAll(() => {
    errors = typeErrors();
  });

  test("has at least 12 wrong programs to look at, and no error in the right one they go on from", () => {
    expect(programs.length).toBeGreaterThanOrEqual(12);
    expect(errors.get(rightProgram)).toBeUndefined();
    expect([...errors.keys()].filter((file) => !programs.includes(file))).toEqual([]);
  });

  test.each(programs)("rejects a flow that is wrong: %s", (program) => {
    const expected = /^\/\/ error: (.+)$/m.exec(readFileSync(join(folder, program), "utf8"))?.[1];
    expect(errors.get(program)?.join("\n") ?? "no error").toContain(expected);
  });
});
