import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { KindredError } from "../../base/index.ts";
import { lockfile } from "./code-archive.ts";

/** Kindred lends itself to the flows that it runs, and may come from where only the machine that started the run could read. */
const lent = "kindred";

/** No scripts: what is installed runs nothing before the flow does. A copy in npm's cache is not asked for again. */
const ci = ["ci", "--omit=dev", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];

/** Installs what the lockfile of a folder says, Kindred aside. @throws config-invalid when npm cannot */
export async function installPackages(folder: string): Promise<void> {
  const aside = join(folder, "node_modules", ".installing");
  await mkdir(aside, { recursive: true });
  try {
    for (const name of ["package.json", lockfile]) await writeWithoutKindred(join(folder, name), join(aside, name));
    await promisify(execFile)("npm", ci, { cwd: aside });
    const installed = join(folder, "installed");
    if (existsSync(join(aside, "node_modules"))) await rename(join(aside, "node_modules"), installed);
    await rm(join(folder, "node_modules"), { recursive: true });
    if (existsSync(installed)) await rename(installed, join(folder, "node_modules"));
  } catch (error) {
    throw new KindredError("config-invalid", {
      seen: `npm ci of the flow's packages failed: ${(error as Error).message.slice(0, 500)}`,
      hint: "It needs npm and a registry for flows that import packages",
      cause: error,
    });
  }
}

interface Manifest {
  /** Of a lockfile: the project by "", packages by their folders. */
  readonly packages?: Record<string, Manifest>;
  readonly [dependencies: string]: unknown;
}

async function writeWithoutKindred(from: string, to: string): Promise<void> {
  const manifest = JSON.parse(readFileSync(from, "utf8")) as Manifest;
  dropDependency(manifest);
  const { packages = {} } = manifest;
  const place = `node_modules/${lent}`;
  for (const path of Object.keys(packages)) if (path === place || path.startsWith(`${place}/`)) delete packages[path];
  if (packages[""] !== undefined) dropDependency(packages[""]);
  await writeFile(to, JSON.stringify(manifest));
}

function dropDependency(manifest: Manifest): void {
  for (const kind of ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]) {
    const named = manifest[kind] as Record<string, string> | undefined;
    delete named?.[lent];
  }
}
