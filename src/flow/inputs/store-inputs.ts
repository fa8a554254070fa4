import { glob, stat } from "node:fs/promises";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { filesUnder } from "../../base/index.ts";
import { storeFiles } from "../namespace/manifest.ts";
import type { StepGraph } from "../step-graph.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { namedPaths } from "./named-paths.ts";
import type { RunInput } from "./run-input.ts";

const globSigns = /[*?{[]/;

interface FoundFiles {
  readonly base: string;
  readonly rest: string;
  readonly paths: readonly string[];
}

/**
 * Puts the files that the params of a run name into the store, for machines that have them nowhere else: equal bytes once. A path
 * where there is nothing is left for the step to complain of, as on one machine. @throws limit-exceeded, disk-full
 */
export async function storeInputs(
  graph: StepGraph,
  params: Readonly<Record<string, unknown>>,
  store: ArtifactStore,
): Promise<readonly RunInput[]> {
  const inputs: RunInput[] = [];
  for (const path of namedPaths(params, graph.files ?? [])) {
    const { base, rest, paths } = await filesAt(resolve(path));
    if (paths.length === 0) continue;
    const { manifest } = await storeFiles(store, base, paths, "input", false);
    inputs.push({ from: resolve(), base, rest, manifest });
  }
  return inputs;
}

/** A file, the files of a folder, or those that a glob finds, by their paths below a folder. */
async function filesAt(path: string): Promise<FoundFiles> {
  const found = await stat(path).catch(() => null);
  const file = { base: dirname(path), rest: basename(path) };
  if (found?.isFile()) return { ...file, paths: [file.rest] };
  if (found?.isDirectory()) return { base: path, rest: "", paths: filesUnder(path) };
  if (found !== null || !globSigns.test(path)) return { ...file, paths: [] };
  const parts = path.split(sep);
  const base =
    parts
      .slice(
        0,
        parts.findIndex((part) => globSigns.test(part)),
      )
      .join(sep) || sep;
  const paths: string[] = [];
  for await (const each of glob(path))
    if ((await stat(each)).isFile()) paths.push(relative(base, each).replaceAll(sep, "/"));
  return { base, rest: relative(base, path), paths: paths.sort() };
}
