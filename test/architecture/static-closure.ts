import { importsOf } from "./imports.ts";
import type { SourceFile } from "./source-file.ts";

/** Paths of the files that are loaded when one of `doors` is: by imports that are neither dynamic nor of types alone. */
export function staticClosure(files: readonly SourceFile[], isDoor: (path: string) => boolean): Set<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const pending = [...byPath.keys()].filter(isDoor);
  const seen = new Set(pending);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const { target, typeOnly, dynamic } of importsOf(byPath.get(path) as SourceFile)) {
      if (target === undefined || typeOnly || dynamic || seen.has(target) || !byPath.has(target)) continue;
      seen.add(target);
      pending.push(target);
    }
  }
  return seen;
}
