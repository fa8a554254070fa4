import type { Node } from "oxc-parser";
import { isTest, type SourceFile } from "./source-file.ts";
import type { Violation } from "./violation.ts";

/** Every name that a file declares and exports is documented where it is declared. */
export function docCommentViolations(file: SourceFile): Violation[] {
  if (isTest(file.path)) return [];
  const documented = (node: Node) => hasDocComment(file, node.start);
  const declarations = new Map<string, Node>();
  for (const statement of file.program.body) for (const name of namesOf(statement)) declarations.set(name, statement);
  const bare = new Map<string, Node>();
  for (const statement of file.program.body) {
    if (statement.type === "ExportDefaultDeclaration" && !documented(statement)) bare.set("default", statement);
    if (statement.type !== "ExportNamedDeclaration" || statement.source) continue;
    // Overloads share the comment of the first.
    if (statement.declaration && !documented(statement)) {
      for (const name of namesOf(statement.declaration))
        if (!isLaterOverload(file, name, statement)) bare.set(name, statement);
    }
    for (const { local } of statement.specifiers) {
      const declaration = local.type === "Identifier" ? declarations.get(local.name) : undefined;
      if (declaration && local.type === "Identifier" && !documented(declaration)) bare.set(local.name, declaration);
    }
  }
  return [...bare].map(([name, node]) => ({
    file: file.path,
    line: file.lineOf(node.start),
    what: `exports ${name} without a doc comment`,
    todo: "say in /** a sentence */ above it what it is for, or do not export it",
  }));
}

function hasDocComment(file: SourceFile, start: number): boolean {
  const before = file.comments.findLast((comment) => comment.end <= start);
  if (before === undefined || before.type !== "Block" || !before.value.startsWith("*")) return false;
  return file.text.slice(before.end, start).trim() === "";
}

function isLaterOverload(file: SourceFile, name: string, statement: Node): boolean {
  const first = file.program.body.find((other) => {
    return other.type === "ExportNamedDeclaration" && other.declaration && namesOf(other.declaration).includes(name);
  });
  return first !== undefined && first.start < statement.start && hasDocComment(file, first.start);
}

function namesOf(declaration: Node): string[] {
  switch (declaration.type) {
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : ["a pattern"]));
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return declaration.id ? [declaration.id.name] : [];
    default:
      return [];
  }
}
