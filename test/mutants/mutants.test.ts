import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { flowMutants } from "./flow-mutants.ts";
import { linkageMutants } from "./linkage-mutants.ts";
import { patternOf, verdictOf } from "./verdict.ts";

const text = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const mutants = [...flowMutants, ...linkageMutants];

describe("the planted faults", () => {
  test("are many, and each applies to the sources as they are", () => {
    expect(mutants.length).toBeGreaterThanOrEqual(20);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    const stale = mutants.filter(({ file, from }) => text(file).split(from).length !== 2).map(({ name }) => name);
    expect(stale).toEqual([]);
  });

  test("are killed by a test that fails, not by one that does not run", () => {
    const finding = (...statuses: string[]) => ({
      testResults: [{ assertionResults: statuses.map((status) => ({ status, fullName: "a" })) }],
    });
    expect(verdictOf(finding("passed", "failed"))).toBe("red");
    expect(verdictOf(finding("skipped", "passed"))).toBe("green");
    expect(verdictOf(finding("skipped"))).toBe("not run");
    expect(verdictOf(null)).toBe("not run");
    expect("in c > a (b)").toMatch(new RegExp(patternOf({ file: "", suite: "in c", name: "a (b)" })));
  });
});
