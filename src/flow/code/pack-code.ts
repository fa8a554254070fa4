import { existsSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { KindredError, pathWithin } from "../../base/index.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { CodePin } from "./code-pin.ts";
import { collectSources } from "./collect-sources.ts";
import { ownCodeHash, ownModule } from "./own-code.ts";
import { type TarFile, writeTar } from "./tar.ts";

const lockfile = "package-lock.json";

/**
 * Puts the code of a flow into the artifact store: the module, the files it imports, package.json and lockfile. A flow that is
 * part of Kindred is pinned by the hash of Kindred's own code.
 * @throws config-invalid when it imports packages and there is no lockfile
 */
export async function packCode(flowModule: string, store: ArtifactStore): Promise<CodePin> {
  const path = fileURLToPath(flowModule);
  const own = ownModule(path);
  const kindred = ownCodeHash();
  if (own !== null) return { kindred, pack: null, module: own, needsPackages: false };
  const { files, packages } = collectSources(path);
  const project = projectOf(path);
  const needsPackages = packages.length > 0;
  if (needsPackages && !existsSync(join(project, lockfile))) {
    throw new KindredError("config-invalid", {
      seen: `the flow imports ${packages.join(", ")}, and there is no ${lockfile}`,
      expected: "a lockfile beside its package.json, from which workers install the same",
      where: { file: path },
    });
  }
  const manifests = ["package.json", lockfile].map((name) => join(project, name)).filter((file) => existsSync(file));
  const all = [...files, ...manifests];
  const root = commonFolder([...all, join(project, "package.json")]);
  const pathOf = (file: string): string => pathWithin(root, file);
  const tarFiles = all.map((file): TarFile => ({ path: pathOf(file), bytes: readFileSync(file) }));
  return { kindred, pack: await store.put(writeTar(tarFiles)), module: pathOf(path), needsPackages };
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
