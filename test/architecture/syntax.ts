import type { Node } from "oxc-parser";
import { importsOf } from "./imports.ts";
import { type SourceFile, walk } from "./source-file.ts";
import type { Violation } from "./violation.ts";

/** Node strips types and does not compile: what has to be compiled, and imports it cannot find, do not run. */
export function syntaxViolations(file: SourceFile): Violation[] {
  const violations: Violation[] = [];
  walk(file.program, (node) => {
    const fault = faultOf(node);
    if (fault) violations.push({ file: file.path, line: file.lineOf(node.start), ...fault });
  });
  for (const { target, specifier, line } of importsOf(file)) {
    if (target === undefined || /\.(tsx?|json|js)$/.test(specifier)) continue;
    violations.push({ file: file.path, line, what: `imports "${specifier}"`, todo: "end it in .ts or .tsx" });
  }
  return violations;
}

function faultOf(node: Node): Pick<Violation, "what" | "todo"> | undefined {
  switch (node.type) {
    case "TSEnumDeclaration":
      return { what: `declares the enum ${node.id.name}`, todo: "use a union of texts, or an object `as const`" };
    case "TSModuleDeclaration":
      // `declare module` and `declare global` are types only.
      return node.declare ? undefined : { what: "declares a namespace", todo: "a file is the namespace" };
    case "TSParameterProperty":
      return { what: "declares a parameter property", todo: "declare the field, and assign it in the constructor" };
    case "TSImportEqualsDeclaration":
    case "TSExportAssignment":
      return { what: "uses the import or export syntax of before modules", todo: "use import and export" };
    default:
      return undefined;
  }
}
