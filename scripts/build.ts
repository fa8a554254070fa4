import { spawnSync } from "node:child_process";
import { existsSync, globSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWeb } from "./build-web.ts";
import { bundle } from "./bundle.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");
const dist = join(root, "dist");

/** Modules that are loaded by their address: doors of the package, what `bin/` starts, workers, threads and flows. */
const entryPatterns = ["index.ts", "*/index.ts", "cli/main.ts", "**/*-entry.ts", "pipelines/linkage/flow.ts"];

// From nothing: a file whose source is gone must not stay in the package.
rmSync(dist, { recursive: true, force: true });
const declared = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (declared.error) throw declared.error;
if (declared.status !== 0) process.exit(declared.status ?? 1);
const entries = globSync(entryPatterns, { cwd: source }).sort();
const packages = await bundle(
  Object.fromEntries(entries.map((path) => [path.replace(/\.ts$/, ""), join(source, path)])),
  dist,
);
const licences = packages.map(({ name, licence }) => `${name}\n\n${licence}\n`);
writeFileSync(join(dist, "LICENCES.txt"), `Packages that are part of these files:\n\n${licences.join("\n---\n\n")}`);
if (existsSync(join(root, "web/app.tsx"))) await writeWeb(join(dist, "web"));
const { bundlePath, bundleWorkflows } = await import("../src/flow/temporal/worker/workflow-bundle.ts");
writeFileSync(join(dist, bundlePath.slice(source.length)), (await bundleWorkflows()).code);
