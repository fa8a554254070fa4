import type { CallExpression, Node } from "oxc-parser";

const suiteNames = new Set(["describe", "describeWith"]);
const testNames = new Set(["test", "it"]);

/** A call that declares a suite or a test: `test.each(rows)("title", ...)` has the modifiers `each`. */
export interface TestCall {
  readonly kind: "suite" | "test";
  readonly modifiers: readonly string[];
  /** The title as written in the code; undefined where it is computed. */
  readonly title: string | undefined;
}

/** What a call declares, or undefined for any other call. */
export function testCallOf(node: Node, text: string): TestCall | undefined {
  if (node.type !== "CallExpression" || isStillCurried(node)) return undefined;
  const modifiers: string[] = [];
  let callee: Node = node.callee;
  for (;;) {
    if (callee.type === "CallExpression") callee = callee.callee;
    else if (callee.type === "TaggedTemplateExpression") callee = callee.tag;
    else if (callee.type === "MemberExpression" && callee.property.type === "Identifier") {
      modifiers.unshift(callee.property.name);
      callee = callee.object;
    } else break;
  }
  if (callee.type !== "Identifier") return undefined;
  const kind = suiteNames.has(callee.name) ? "suite" : testNames.has(callee.name) ? "test" : undefined;
  return kind && { kind, modifiers, title: titleOf(node, text) };
}

/** True for `describe(...)` in all its forms. */
export function isSuite(node: Node | undefined): boolean {
  return node !== undefined && testCallOf(node, "")?.kind === "suite";
}

/** `test.each(rows)` and `test.skipIf(x)` give the function that declares; they declare nothing themselves. */
function isStillCurried(node: CallExpression): boolean {
  const { callee } = node;
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return false;
  return ["each", "for", "skipIf", "runIf", "extend"].includes(callee.property.name);
}

function titleOf(node: CallExpression, text: string): string | undefined {
  const title = node.arguments.find((argument) => {
    return argument.type === "TemplateLiteral" || (argument.type === "Literal" && typeof argument.value === "string");
  });
  return title && text.slice(title.start + 1, title.end - 1);
}
