import { posix } from "node:path";
import type { Node } from "oxc-parser";
import { type SourceFile, walk } from "./source-file.ts";

/** One import or re-export of a file. */
export interface Import {
  readonly specifier: string;
  /** Path from the repository's root of a relative specifier; undefined for a package. */
  readonly target: string | undefined;
  /** Erased before the code runs. */
  readonly typeOnly: boolean;
  /** `import()`: loaded when that line runs, not when the file is. */
  readonly dynamic: boolean;
  readonly line: number;
}

/** All imports of a file whose specifier is a literal. */
export function importsOf(file: SourceFile): Import[] {
  const imports: Import[] = [];
  walk(file.program, (node) => {
    const source = sourceOf(node);
    if (source === undefined) return;
    const relative = source.specifier.startsWith(".");
    const target = relative ? posix.join(posix.dirname(file.path), source.specifier) : undefined;
    imports.push({ ...source, target, line: file.lineOf(node.start) });
  });
  return imports;
}

/** `@scope/name/sub` -> `@scope/name`; undefined for relative imports and for Node's own modules. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function sourceOf(node: Node): Pick<Import, "specifier" | "typeOnly" | "dynamic"> | undefined {
  switch (node.type) {
    case "ImportDeclaration":
      return { specifier: node.source.value, typeOnly: node.importKind === "type", dynamic: false };
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      if (!node.source) return undefined;
      return { specifier: node.source.value, typeOnly: node.exportKind === "type", dynamic: false };
    case "ImportExpression":
      if (node.source.type !== "Literal" || typeof node.source.value !== "string") return undefined;
      return { specifier: node.source.value, typeOnly: false, dynamic: true };
    case "TSImportType":
      return { specifier: node.source.value, typeOnly: true, dynamic: false };
    default:
      return undefined;
  }
}
