import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { asidePath, filesUnder, KindredError, sha256 } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { lockfile } from "./code-archive.ts";
import type { CodePin } from "./code-pin.ts";
import { installPackages } from "./install-packages.ts";
import { ownCodeHash, ownModulePath } from "./own-code.ts";
import { readTar, writeTar } from "./tar.ts";

/**
 * The URL of a run's flow on this machine: its code package, from the folder where it was unpacked before or from the artifact
 * store. What is here must be what the run is pinned to, byte for byte. `project` has packages that are linked in place of
 * being installed, as long as its lockfile is the run's.
 * @throws refused with both hashes when Kindred or the package is another; artifact-damaged, config-invalid
 */
export async function fetchCode(
  pin: CodePin,
  store: ArtifactStore,
  folder: string,
  project: string | null = null,
): Promise<string> {
  assertSameKindred(pin);
  if (pin.pack === null) return pathToFileURL(ownModulePath(pin.module)).href;
  const place = join(folder, pin.pack.blob);
  if (!existsSync(place)) await unpack(pin, pin.pack, store, place, project);
  const found = hashOfUnpacked(place);
  if (found !== pin.pack.blob) {
    const hint = `Remove ${place}: it is fetched again`;
    throw mismatch("the code package here was changed", found, pin.pack.blob, hint);
  }
  return pathToFileURL(join(place, pin.module)).href;
}

/** @throws refused with both hashes when the Kindred here is not the one that the run was started with */
export function assertSameKindred({ kindred }: CodePin): void {
  if (kindred === null || kindred === ownCodeHash()) return;
  const hint = "Install the same version of kindred on every machine, or start a new run with this one";
  throw mismatch("the Kindred here is not the one that the run was started with", ownCodeHash(), kindred, hint);
}

async function unpack(
  pin: CodePin,
  pack: BlobRef,
  store: ArtifactStore,
  place: string,
  project: string | null,
): Promise<void> {
  const bytes = await store.get(pack);
  const aside = asidePath(place);
  try {
    for (const file of readTar(bytes)) {
      const path = join(aside, file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.bytes);
    }
    if (pin.needsPackages) await findPackages(aside, project);
    await rename(aside, place).catch((error: unknown) => {
      // Another worker of this machine was quicker.
      if (!existsSync(place)) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function findPackages(root: string, project: string | null): Promise<void> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" });
  const manifest = [lockfile, "package.json"].flatMap((name) => paths.find((path) => basename(path) === name) ?? [])[0];
  const cwd = dirname(join(root, manifest ?? "package.json"));
  if (project !== null && lockfileIn(project) === lockfileIn(cwd))
    return symlink(join(project, "node_modules"), join(cwd, "node_modules"));
  await installPackages(cwd);
}

function lockfileIn(folder: string): string | null {
  const path = join(folder, lockfile);
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

function hashOfUnpacked(place: string): string {
  const paths = filesUnder(place).filter((path) => !path.split("/").includes("node_modules"));
  return sha256(writeTar(paths.map((path) => ({ path, bytes: readFileSync(join(place, path)) }))));
}

function mismatch(seen: string, here: string, pinned: string, hint: string): KindredError {
  return new KindredError("refused", { seen: `${seen}: its SHA-256 is ${here}`, expected: pinned, hint });
}
