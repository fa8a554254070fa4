import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { sha256 } from "../../base/index.ts";
import type { CodePin } from "./code-pin.ts";

/** The file of a flow's project whose bytes matter less than what Node reads of it. */
export const manifest = "package.json";

/** What Node reads of a package.json for code that imports no packages: a new version or script of the project is no other code. */
export function typeInManifest(bytes: Uint8Array): Uint8Array {
  const { type } = JSON.parse(new TextDecoder().decode(bytes)) as { type?: string };
  return new TextEncoder().encode(JSON.stringify({ type }));
}

/** Whether the files of a run's archive are still where a module of the run lies, byte for byte. Quick: no code is read. */
export function areOriginal({ files = {}, module }: CodePin, path: string): boolean {
  if (!path.replaceAll("\\", "/").endsWith(`/${module}`)) return false;
  const root = path.slice(0, -module.length);
  return Object.entries(files).every(([file, hash]) => isOriginal(join(root, file), hash));
}

function isOriginal(path: string, hash: string): boolean {
  try {
    const bytes = readFileSync(path);
    return sha256(bytes) === hash || (basename(path) === manifest && sha256(typeInManifest(bytes)) === hash);
  } catch {
    return false;
  }
}
