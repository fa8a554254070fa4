import { existsSync, readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, resolve } from "node:path";
import { KindredError } from "../../base/index.ts";

/** What a flow's module loads: files beside it, and packages. */
export interface Sources {
  /** Absolute paths, the module first. */
  readonly files: readonly string[];
  /** Names of packages other than Kindred and what it lends. */
  readonly packages: readonly string[];
}

const lent = new Set(["kindred", "zod"]);

/** A specifier after `from`, `import` or `require`, and the first argument of `new URL(…, import.meta.url)`. */
const mentions =
  /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"'\n]+)["']|\bnew\s+URL\(\s*["'](\.[^"'\n]*)["']\s*,\s*import\.meta\.url/g;

const filesMax = 2_000;

/**
 * Follows the imports of a flow's module through the files beside it, and the files that they name by
 * `new URL("./data.json", import.meta.url)`. What a module builds a path for while it runs is not seen.
 * @throws limit-exceeded
 */
export function collectSources(module: string): Sources {
  const files = new Set<string>([resolve(module)]);
  const packages = new Set<string>();
  for (const file of files) {
    if (files.size > filesMax)
      throw new KindredError("limit-exceeded", {
        seen: `a flow of more than ${filesMax} files`,
        where: { file: module },
      });
    if (!/\.[cm]?[jt]s$/.test(file)) continue;
    for (const [, imported, named] of readFileSync(file, "utf8").matchAll(mentions)) {
      const specifier = imported ?? named ?? "";
      if (specifier.startsWith(".")) {
        const target = resolve(dirname(file), specifier);
        if (existsSync(target) && statSync(target).isFile()) files.add(target);
      } else if (!isBuiltin(specifier) && /^(@[\w.-]+\/)?[\w.-]+/.test(specifier)) {
        const name = specifier
          .split("/")
          .slice(0, specifier.startsWith("@") ? 2 : 1)
          .join("/");
        if (!lent.has(name) && isInstalled(name, file)) packages.add(name);
      }
    }
  }
  return { files: [...files], packages: [...packages].sort() };
}

/** A word in a comment or a text that looks like an import is no package. */
function isInstalled(name: string, from: string): boolean {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules", name, "package.json"))) return true;
    if (folder === dirname(folder)) return false;
  }
}
