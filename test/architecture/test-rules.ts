import type { Node } from "oxc-parser";
import { isTest, type SourceFile, walk } from "./source-file.ts";
import { testCallOf } from "./test-calls.ts";
import type { Violation } from "./violation.ts";

const skips = new Set(["skip", "skipIf", "runIf", "todo"]);

/**
 * Two tests of one name cannot be told apart in a report; `.only` hides all others; a skip without a reason is
 * forgotten.
 */
export function testViolations(file: SourceFile): Violation[] {
  if (!isTest(file.path)) return [];
  const violations: Violation[] = [];
  const seen = new Map<string, number>();
  walk(file.program, (node, parents) => {
    const line = file.lineOf(node.start);
    const report = (what: string, todo: string) => violations.push({ file: file.path, line, what, todo });
    if (isBareSkip(node)) report("skips without a reason", 'say why: context.skip("the reason")');
    const call = testCallOf(node, file.text);
    if (call === undefined) return;
    if (call.modifiers.includes("only")) report("runs only this test", "remove .only");
    const skip = call.modifiers.find((modifier) => skips.has(modifier));
    if (skip) report(`.${skip} prints no reason`, "use describeWith of test/needs.ts, or context.skip(reason)");
    if (call.kind !== "test" || call.title === undefined) return;
    const name = [...parents.map((parent) => testCallOf(parent, file.text)?.title), call.title]
      .filter(Boolean)
      .join(" > ");
    const first = seen.get(name);
    if (first === undefined) seen.set(name, line);
    else report(`repeats the test name of line ${first}: "${name}"`, "name what this one promises");
  });
  return violations;
}

/** `context.skip()`. An iterator's `skip` has an argument, as has one with a reason. */
function isBareSkip(node: Node): boolean {
  if (node.type !== "CallExpression" || node.arguments.length > 0) return false;
  const { callee } = node;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "skip";
}
