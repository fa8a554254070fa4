import { spawnSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWeb } from "./build-web.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

// From nothing: a file whose source is gone must not stay in the package.
rmSync(dist, { recursive: true, force: true });
const compiled = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (compiled.error) throw compiled.error;
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
// What is neither TypeScript nor for tests lies beside the code that reads it (WebAssembly, templates).
cpSync(join(root, "src"), dist, {
  recursive: true,
  filter: (path) => basename(path) !== "fixtures" && ![".ts", ".tsx", ".md"].includes(extname(path)),
});
if (existsSync(join(root, "web/app.tsx"))) await writeWeb(join(dist, "web"));
