import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { asidePath, filesUnder, KindredError, sha256 } from "../../base/index.ts";
import type { BlobRef } from "../blob.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { CodePin } from "./code-pin.ts";
import { ownCodeHash, ownModulePath } from "./own-code.ts";
import { readTar, writeTar } from "./tar.ts";

/**
 * The URL of a run's flow on this machine: its code package, from the folder where it was unpacked before or from the artifact
 * store. What is here must be what the run is pinned to, byte for byte.
 * @throws refused with both hashes when Kindred or the package is another; artifact-damaged
 */
export async function fetchCode(pin: CodePin, store: ArtifactStore, folder: string): Promise<string> {
  if (pin.kindred !== ownCodeHash()) {
    const hint = "Install the same version of kindred on every machine, or start a new run with this one";
    throw mismatch(
      "this worker's Kindred is not the one that the run was started with",
      ownCodeHash(),
      pin.kindred,
      hint,
    );
  }
  if (pin.pack === null) return pathToFileURL(ownModulePath(pin.module)).href;
  const place = join(folder, pin.pack.blob);
  if (!existsSync(place)) await unpack(pin, pin.pack, store, place);
  const found = hashOfUnpacked(place);
  if (found !== pin.pack.blob) {
    const hint = `Remove ${place}: it is fetched again`;
    throw mismatch("the code package on this worker was changed", found, pin.pack.blob, hint);
  }
  return pathToFileURL(join(place, pin.module)).href;
}

async function unpack(pin: CodePin, pack: BlobRef, store: ArtifactStore, place: string): Promise<void> {
  const bytes = await store.get(pack);
  const aside = asidePath(place);
  try {
    for (const file of readTar(bytes)) {
      const path = join(aside, file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.bytes);
    }
    if (pin.needsPackages) await installPackages(aside);
    await rename(aside, place).catch((error: unknown) => {
      // Another worker of this machine was quicker.
      if (!existsSync(place)) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function installPackages(root: string): Promise<void> {
  const lockfile = readdirSync(root, { recursive: true, encoding: "utf8" }).find((path) =>
    path.endsWith("package-lock.json"),
  );
  const cwd = dirname(join(root, lockfile ?? "package-lock.json"));
  try {
    await promisify(execFile)("npm", ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd });
  } catch (error) {
    throw new KindredError("config-invalid", {
      seen: `npm ci of the flow's packages failed on this worker: ${(error as Error).message.slice(0, 500)}`,
      hint: "A worker needs npm and a registry for flows that import packages",
      cause: error,
    });
  }
}

function hashOfUnpacked(place: string): string {
  const paths = filesUnder(place).filter((path) => !path.split("/").includes("node_modules"));
  return sha256(writeTar(paths.map((path) => ({ path, bytes: readFileSync(join(place, path)) }))));
}

function mismatch(seen: string, here: string, pinned: string, hint: string): KindredError {
  return new KindredError("refused", { seen: `${seen}: its SHA-256 is ${here}`, expected: pinned, hint });
}
