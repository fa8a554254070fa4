import { importsOf } from "./imports.ts";
import type { SourceFile } from "./source-file.ts";
import type { Violation } from "./violation.ts";

interface Edge {
  readonly target: string;
  readonly line: number;
}

/** Files that import each other in a ring, types included: each ring once, named from its first file by path. */
export function importCycleViolations(files: readonly SourceFile[]): Violation[] {
  const edges = new Map(files.map((file) => [file.path, staticEdges(file)]));
  const violations = new Map<string, Violation>();
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string) => {
    const seenAt = path.indexOf(file);
    if (seenAt >= 0) addRing(violations, edges, path.slice(seenAt));
    if (seenAt >= 0 || done.has(file)) return;
    path.push(file);
    for (const { target } of edges.get(file) ?? []) if (edges.has(target)) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of [...edges.keys()].sort()) visit(file);
  return [...violations.values()];
}

function staticEdges(file: SourceFile): Edge[] {
  return importsOf(file).flatMap(({ target, dynamic, line }) => (target && !dynamic ? [{ target, line }] : []));
}

function addRing(
  violations: Map<string, Violation>,
  edges: ReadonlyMap<string, Edge[]>,
  ring: readonly string[],
): void {
  const first = [...ring].sort()[0] as string;
  const at = ring.indexOf(first);
  const ordered = [...ring.slice(at), ...ring.slice(0, at), first];
  const line = edges.get(first)?.find((edge) => edge.target === ordered[1])?.line ?? 1;
  const todo = "move what both need into a file that imports neither";
  violations.set(ordered.join(), { file: first, line, what: `is in an import cycle ${ordered.join(" > ")}`, todo });
}
