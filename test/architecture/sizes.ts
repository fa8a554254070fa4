import type { Node } from "oxc-parser";
import { isTest, type SourceFile, walk } from "./source-file.ts";
import { isSuite } from "./test-calls.ts";
import type { Violation } from "./violation.ts";

const maxFileLines = 500;
const smallFileLines = 80;
const maxFunctionLines = 70;

/** Files and functions that have grown past what one reads at a time. A suite's body is a list of tests, not a function. */
export function sizeViolations(file: SourceFile): Violation[] {
  const violations: Violation[] = [];
  const lines = lineCount(file);
  if (lines > maxFileLines) {
    const what = `has ${lines} lines, more than ${maxFileLines}`;
    violations.push({
      file: file.path,
      line: maxFileLines + 1,
      what,
      todo: "it holds more than one concept: split it",
    });
  }
  walk(file.program, (node, parents) => {
    if (!isFunction(node) || isSuite(parents.at(-1))) return;
    const first = file.lineOf(node.start);
    const length = file.lineOf(node.end) - first + 1;
    if (length <= maxFunctionLines) return;
    const what = `a function of ${length} lines, more than ${maxFunctionLines}`;
    violations.push({ file: file.path, line: first, what, todo: "give its parts names of their own" });
  });
  return violations;
}

/** At least half of the files of src/ are small enough to be read at a glance. */
export function smallFileViolations(files: readonly SourceFile[]): Violation[] {
  const source = files.filter(({ path }) => path.startsWith("src/") && !isTest(path));
  const large = source.filter((file) => lineCount(file) >= smallFileLines);
  if (large.length * 2 <= source.length) return [];
  const largest = large.toSorted((a, b) => lineCount(b) - lineCount(a))[0] as SourceFile;
  const what = `is the largest of ${large.length} files with ${smallFileLines} lines or more, of ${source.length} in src/`;
  return [{ file: largest.path, line: 1, what, todo: "split some by concept, until half are smaller" }];
}

function lineCount(file: SourceFile): number {
  return file.lineOf(file.text.trimEnd().length);
}

function isFunction(node: Node): boolean {
  return ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(node.type);
}
