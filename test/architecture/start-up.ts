import { importsOf, packageOf } from "./imports.ts";
import type { SourceFile } from "./source-file.ts";
import { staticClosure } from "./static-closure.ts";
import type { Violation } from "./violation.ts";

const startPackages = new Set(["commander"]);

/** `kindred --help` answers within .3 s: what the command line loads before it knows the command is itself and commander. */
export function startUpViolations(files: readonly SourceFile[]): Violation[] {
  const loaded = staticClosure(files, (path) => path === "src/cli/main.ts");
  return files
    .filter(({ path }) => loaded.has(path))
    .flatMap((file) =>
      importsOf(file).flatMap(({ specifier, typeOnly, dynamic, line }) => {
        const name = packageOf(specifier);
        if (name === undefined || typeOnly || dynamic || startPackages.has(name)) return [];
        const todo = "load it, or the room that does, with `await import()` in the command that needs it";
        return [{ file: file.path, line, what: `loads ${name} whenever kindred starts`, todo }];
      }),
    );
}
