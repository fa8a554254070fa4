import { type SourceFile, walk } from "./source-file.ts";
import type { Violation } from "./violation.ts";

/** Words that stand for two ideas, and the words of the house to use instead. */
const bannedWords: Readonly<Record<string, string>> = {
  job: "run, step, task or worker: say which",
  jobs: "runs, steps, tasks or workers: say which",
};

/** Names of files and of what is declared in them hold no banned word; names that come from outside are free. */
export function bannedNameViolations(file: SourceFile): Violation[] {
  const violations: Violation[] = [];
  const check = (name: string, line: number) => {
    const word = wordsOf(name).find((each) => each in bannedWords);
    if (word === undefined) return;
    violations.push({ file: file.path, line, what: `is named ${name}`, todo: `say ${bannedWords[word]}` });
  };
  check((file.path.split("/").at(-1) as string).replace(/\..*$/, ""), 1);
  walk(file.program, (node, parents) => {
    if (node.type !== "Identifier") return;
    const parent = parents.at(-1);
    if (parent && "id" in parent && parent.id === node) check(node.name, file.lineOf(node.start));
    else if (parent && "params" in parent && (parent.params as unknown[]).includes(node))
      check(node.name, file.lineOf(node.start));
  });
  return violations;
}

/** `printQueue2-jobs` -> print, queue, jobs. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
}
