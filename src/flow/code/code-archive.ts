import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { KindredError, pathWithin, sha256 } from "../../base/index.ts";
import { flowLimits } from "../limits.ts";
import { collectSources, packagesOf } from "./collect-sources.ts";
import { manifest, typeInManifest } from "./original-files.ts";
import { type PrintedSources, packagesKey } from "./step-prints.ts";
import { type TarFile, writeTar } from "./tar.ts";

/** What says which packages are installed. */
export const lockfile = "package-lock.json";

/** The code of a flow as one archive, and what is known of the files in it. */
export interface CodeArchive {
  readonly bytes: Uint8Array;
  /** The path of the flow's module in it. */
  readonly module: string;
  /** SHA-256 of each file, by its path in it. */
  readonly files: Readonly<Record<string, string>>;
  /** The packages that it imports, Kindred and what it lends aside. */
  readonly packages: readonly string[];
  readonly sources: PrintedSources;
  /** The folder with the flow's package.json, and its packages. */
  readonly project: string;
}

/**
 * Archives a flow's module with the files it imports, and package.json and lockfile where it imports packages: equal code gives
 * equal bytes, wherever it lies. @throws limit-exceeded
 */
export function archiveCode(path: string): CodeArchive {
  const sources = collectSources(path);
  const packages = packagesOf(sources);
  const project = projectOf(path);
  const root = commonFolder([...sources.texts.keys(), join(project, "package.json")]);
  const pathOf = (file: string): string => pathWithin(root, file);
  const paths = [...sources.texts.keys()];
  assertNotTooLarge(paths, path);
  const files = paths.map((file): TarFile => ({ path: pathOf(file), bytes: readFileSync(file) }));
  const manifests = manifestsOf(project, packages.length > 0)
    .filter(({ path: file }) => !sources.texts.has(file))
    .map(({ path: file, bytes }) => ({ path: pathOf(file), bytes }));
  const all = [...files, ...manifests];
  const hashes = Object.fromEntries(all.map((file) => [file.path, sha256(file.bytes)]));
  const printOf = (file: string): string => `${file} ${hashes[file]}`;
  const prints = new Map(paths.map((file) => [file, printOf(pathOf(file))]));
  prints.set(packagesKey, manifests.map((file) => printOf(file.path)).join(" "));
  const module = pathOf(path);
  return { bytes: writeTar(all), module, files: hashes, packages, sources: { ...sources, prints }, project };
}

function assertNotTooLarge(paths: readonly string[], module: string): void {
  const byteCount = paths.reduce((sum, file) => sum + statSync(file).size, 0);
  if (byteCount <= flowLimits.codeBytes) return;
  throw new KindredError("limit-exceeded", {
    seen: `a flow whose files have ${byteCount} bytes together`,
    expected: `at most ${flowLimits.codeBytes}`,
    hint: "Name large data by a param, and not by the URL of a file beside the module",
    where: { file: module },
  });
}

/** The files that say what the code's packages are, as far as they matter. */
function manifestsOf(project: string, needsPackages: boolean): TarFile[] {
  const names = needsPackages ? [manifest, lockfile] : [manifest];
  const paths = names.map((name) => join(project, name)).filter((path) => existsSync(path));
  const bytesOf = (path: string): Uint8Array =>
    needsPackages ? readFileSync(path) : typeInManifest(readFileSync(path));
  return paths.map((path) => ({ path, bytes: bytesOf(path) }));
}

/** The nearest folder with a package.json, else that of the module. */
export function projectOf(path: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  return dirname(path);
}

function commonFolder(files: readonly string[]): string {
  let common = dirname(files[0] as string);
  for (const file of files)
    while (!`${file}`.startsWith(`${common}${sep}`) && common !== dirname(common)) common = dirname(common);
  return common;
}
