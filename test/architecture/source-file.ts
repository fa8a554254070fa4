import { type Comment, type Node, type Program, parseSync, visitorKeys } from "oxc-parser";

/** A TypeScript file, parsed. */
export interface SourceFile {
  /** Path from the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** The line of a position in the text, from 1. */
  lineOf(offset: number): number;
}

/**
 * Parses a file.
 * @throws Error when it is not TypeScript: a file that cannot be read would pass every rule
 */
export function parseSource(path: string, text: string): SourceFile {
  const { program, comments, errors } = parseSync(path, text, { sourceType: "module" });
  if (errors.length > 0) throw new Error(`${path}: ${errors.map((error) => error.message).join("; ")}`);
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  const lineOf = (offset: number) => lineStarts.findLastIndex((start) => start <= offset) + 1;
  return { path, text, program, comments, lineOf };
}

/** True for a file of tests, and for what lies in a folder `fixtures` for them to use. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/fixtures\//.test(path);
}

/** Visits every part of a file from the outside in; `parents` runs from the root to the direct parent. */
export function walk(root: Node, visit: (node: Node, parents: readonly Node[]) => void): void {
  const parents: Node[] = [];
  const step = (node: Node) => {
    visit(node, parents);
    parents.push(node);
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
      for (const each of Array.isArray(child) ? child : [child]) if (each) step(each);
    }
    parents.pop();
  };
  step(root);
}
