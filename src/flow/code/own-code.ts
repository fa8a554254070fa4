import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesUnder, pathWithin } from "../../base/index.ts";

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
  const inside = pathWithin(ownRoot, path);
  if (inside.startsWith("..") || isAbsolute(inside)) return null;
  return inside.replace(/\.[jt]s$/, "");
}

/** The file of a module of Kindred's own code. */
export function ownModulePath(module: string): string {
  return join(ownRoot, `${module}${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`);
}

function hashOf(folder: string): string {
  const hash = createHash("sha256");
  for (const path of filesUnder(folder)) {
    if (!/\.(js|ts|json)$/.test(path) || /\.(test|d)\.ts$/.test(path)) continue;
    const bytes = readFileSync(join(folder, path));
    hash.update(`${path}\0${bytes.byteLength}\0`).update(bytes);
  }
  return hash.digest("hex");
}
