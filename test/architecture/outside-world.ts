import type { Node } from "oxc-parser";
import { isTest, type SourceFile, walk } from "./source-file.ts";
import type { Violation } from "./violation.ts";

/** What only the two outermost rooms may touch. */
const outermost = new Set(["process.env", "process.argv", "console"]);
/** What makes two runs differ: handed in as a Clock or a Random, so that a test can hand in its own. */
const varying = new Set(["Date.now", "Math.random"]);
/** The files that hand those in. */
const sources = new Set(["src/base/clock.ts", "src/base/random.ts"]);

/** Where a process of its own begins: what its parent hands it are arguments. */
const processEntry = /-entry\.ts$/;

/** Only `cli` and `serve` read the environment or the arguments, write to the console, or look at the clock. */
export function outsideWorldViolations(file: SourceFile): Violation[] {
  if (!/^(src|web)\//.test(file.path) || /^src\/(cli|serve)\//.test(file.path) || isTest(file.path)) return [];
  const violations: Violation[] = [];
  walk(file.program, (node, parents) => {
    const name = globalOf(node, parents.at(-1));
    const report = (todo: string) =>
      violations.push({ file: file.path, line: file.lineOf(node.start), what: `uses ${name}`, todo });
    if (name === undefined) return;
    if (outermost.has(name) && !(name === "process.argv" && processEntry.test(file.path)))
      report("only cli and serve do: take it as a parameter, or log through what is handed in");
    if (varying.has(name) && file.path.startsWith("src/") && !sources.has(file.path)) {
      report("take a Clock or a Random of base, so that equal input gives equal bytes");
    }
  });
  return violations;
}

/** `process.env` for any use of it, be it by member or by destructuring; `console` for the name itself. */
function globalOf(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === "MemberExpression" && node.object.type === "Identifier" && node.property.type === "Identifier") {
    return node.object.name === "console" || node.computed ? undefined : `${node.object.name}.${node.property.name}`;
  }
  if (node.type === "Identifier" && node.name === "console")
    return isPropertyName(node, parent) ? undefined : "console";
  if (node.type === "VariableDeclarator" && node.id.type === "ObjectPattern" && node.init?.type === "Identifier") {
    const keys = node.id.properties.flatMap((property) => (property.type === "Property" ? [property.key] : []));
    const key = keys.find((each) => each.type === "Identifier" && outermost.has(`process.${each.name}`));
    return node.init.name === "process" && key?.type === "Identifier" ? `process.${key.name}` : undefined;
  }
  if (
    node.type === "ImportSpecifier" &&
    parent?.type === "ImportDeclaration" &&
    parent.source.value === "node:process"
  ) {
    return node.imported.type === "Identifier" ? `process.${node.imported.name}` : undefined;
  }
  return undefined;
}

function isPropertyName(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === "MemberExpression") return parent.property === node && !parent.computed;
  return parent?.type === "Property" && parent.key === node && !parent.shorthand;
}
