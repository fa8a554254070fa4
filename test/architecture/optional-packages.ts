import { importsOf, packageOf } from "./imports.ts";
import { isTest, type SourceFile } from "./source-file.ts";
import { staticClosure } from "./static-closure.ts";
import type { Violation } from "./violation.ts";

/** The lists of package.json that say what an installed Kindred has. */
export interface PackageLists {
  readonly dependencies: readonly string[];
  /** Peers that a user installs only for what needs them. */
  readonly optionalPeers: readonly string[];
}

/** The folders that may import a language model's packages: one door, so that cache and budget cannot be passed by. */
const modelDoor = "src/infer/model/";
const modelPackages = /^(ai$|@ai-sdk\/)/;

/**
 * What src/ imports is installed with the package; and what is optional is not loaded just because the command line
 * starts or a room is imported.
 */
export function packageViolations(files: readonly SourceFile[], lists: PackageLists): Violation[] {
  const source = files.filter(({ path }) => path.startsWith("src/") && !isTest(path));
  const loadedAtStart = staticClosure(source, isDoor);
  return source.flatMap((file) =>
    importsOf(file).flatMap((imported) => {
      const name = packageOf(imported.specifier);
      const atStart = loadedAtStart.has(file.path) && !imported.dynamic;
      const todo = name === undefined || imported.typeOnly ? undefined : faultOf(file.path, name, atStart, lists);
      return todo ? [{ file: file.path, line: imported.line, what: `imports the package ${name}`, todo }] : [];
    }),
  );
}

function faultOf(path: string, name: string, atStart: boolean, lists: PackageLists): string | undefined {
  if (modelPackages.test(name) && !path.startsWith(modelDoor)) return `only ${modelDoor} talks to a language model`;
  if (lists.dependencies.includes(name)) return undefined;
  if (!lists.optionalPeers.includes(name)) return "name it in dependencies of package.json, or do not use it in src/";
  return atStart ? "it is an optional peer: load it with `await import()` where it is used" : undefined;
}

function isDoor(path: string): boolean {
  return path === "src/cli/main.ts" || /^src\/([^/]+\/)?index\.ts$/.test(path);
}
