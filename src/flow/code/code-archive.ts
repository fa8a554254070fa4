import { existsSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { pathWithin, sha256 } from "../../base/index.ts";
import { collectSources, packagesOf } from "./collect-sources.ts";
import { type PrintedSources, packagesKey } from "./step-prints.ts";
import { type TarFile, writeTar } from "./tar.ts";

/** What says which packages are installed. */
export const lockfile = "package-lock.json";

/** The code of a flow as one archive, and what is known of the files in it. */
export interface CodeArchive {
  readonly bytes: Uint8Array;
  /** The path of the flow's module in it. */
  readonly module: string;
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
  const files = [...sources.texts.keys()].map((file): TarFile => ({ path: pathOf(file), bytes: readFileSync(file) }));
  const manifests = manifestsOf(project, packages.length > 0).map(({ path, bytes }) => ({ path: pathOf(path), bytes }));
  const prints = new Map([...sources.texts.keys()].map((file, i) => [file, printOf(files[i] as TarFile)]));
  prints.set(packagesKey, manifests.map(printOf).join(" "));
  const bytes = writeTar([...files, ...manifests]);
  return { bytes, module: pathOf(path), packages, sources: { ...sources, prints }, project };
}

function printOf({ path, bytes }: TarFile): string {
  return `${path} ${sha256(bytes)}`;
}

/** Without packages all that Node reads of package.json is its type: a new version or script of the project is no other code. */
function manifestsOf(project: string, needsPackages: boolean): TarFile[] {
  const manifest = join(project, "package.json");
  if (!existsSync(manifest)) return [];
  const paths = ["package.json", lockfile].map((name) => join(project, name)).filter((path) => existsSync(path));
  if (needsPackages) return paths.map((path) => ({ path, bytes: readFileSync(path) }));
  const { type } = JSON.parse(readFileSync(manifest, "utf8")) as { type?: string };
  return [{ path: manifest, bytes: new TextEncoder().encode(JSON.stringify({ type })) }];
}

/** The nearest folder with a package.json, else that of the module. */
function projectOf(path: string): string {
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
