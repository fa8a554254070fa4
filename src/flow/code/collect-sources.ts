import { existsSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, resolve } from "node:path";
import { KindredError } from "../../base/index.ts";
import { isCode, sourceText } from "./source-text.ts";

/** What code names: files beside it, by their absolute paths, and packages. */
export interface Mentions {
  readonly files: readonly string[];
  /** Names of packages other than Kindred and what it lends. */
  readonly packages: readonly string[];
}

/** What a flow's module loads, the module first. */
export interface Sources {
  /** By the absolute path of the file: the JavaScript of code, "" for others. */
  readonly texts: ReadonlyMap<string, string>;
  /** What each file names. */
  readonly mentions: ReadonlyMap<string, Mentions>;
}

const lent = new Set(["kindred", "zod"]);

/** A specifier after `from`, `import` or `require`, and the first argument of `new URL(…, import.meta.url)`. */
const specifiers =
  /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"'\n]+)["']|\bnew\s+URL\(\s*["'](\.[^"'\n]*)["']\s*,\s*import\.meta\.url/g;

const filesMax = 2_000;

/**
 * Follows the imports of a flow's module through the files beside it, and the files that they name by
 * `new URL("./data.json", import.meta.url)`. What a module builds a path for while it runs is not seen.
 * @throws limit-exceeded
 */
export function collectSources(module: string): Sources {
  const texts = new Map<string, string>();
  const mentions = new Map<string, Mentions>();
  const waiting = [resolve(module)];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (texts.has(file)) continue;
    if (texts.size >= filesMax)
      throw new KindredError("limit-exceeded", {
        seen: `a flow of more than ${filesMax} files`,
        where: { file: module },
      });
    const text = isCode(file) ? sourceText(file) : "";
    const named = mentionsIn(text, file);
    texts.set(file, text);
    mentions.set(file, named);
    waiting.push(...named.files);
  }
  return { texts, mentions };
}

/** What a piece of a file's code names. */
export function mentionsIn(text: string, file: string): Mentions {
  const files = new Set<string>();
  const packages = new Set<string>();
  for (const [, imported, named] of text.matchAll(specifiers)) {
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
  return { files: [...files], packages: [...packages] };
}

/** The packages that all files of a flow name. */
export function packagesOf({ mentions }: Sources): readonly string[] {
  return [...new Set([...mentions.values()].flatMap(({ packages }) => packages))].sort();
}

/** A word in a comment or a text that looks like an import is no package. */
function isInstalled(name: string, from: string): boolean {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules", name, "package.json"))) return true;
    if (folder === dirname(folder)) return false;
  }
}
