import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Kindred's own code: `src/` in the repository, `dist/` in the package. */
const ownRoot = fileURLToPath(new URL("../../", import.meta.url));

let known: string | null = null;

/** SHA-256 of Kindred's own code, tests aside: two machines with the same have the same Kindred. */
export function ownCodeHash(): string {
  known ??= hashOf(ownRoot);
  return known;
}

/** The path of a module in Kindred's own code, without its extension; null for other modules. */
export function ownModule(path: string): string | null {
  const inside = relative(ownRoot, path);
  if (inside.startsWith("..") || inside.startsWith(sep)) return null;
  return inside
    .split(sep)
    .join("/")
    .replace(/\.[jt]s$/, "");
}

/** The file of a module of Kindred's own code. */
export function ownModulePath(module: string): string {
  return join(ownRoot, `${module}${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`);
}

function hashOf(folder: string): string {
  const hash = createHash("sha256");
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|ts|json)$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) {
    const bytes = readFileSync(path);
    hash.update(`${relative(folder, path).split(sep).join("/")}\0${bytes.byteLength}\0`).update(bytes);
  }
  return hash.digest("hex");
}
