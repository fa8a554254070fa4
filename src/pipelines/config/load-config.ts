import { readFile } from "node:fs/promises";
import { dirname, extname, isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse as parseYaml } from "yaml";
import { KindredError } from "../../base/index.ts";
import { configSchema, type KindredConfig } from "./config.ts";

/**
 * Reads and checks a configuration file; its paths are taken from the file's own folder.
 * @throws config-invalid with every place that is wrong
 */
export async function loadConfig(path: string): Promise<KindredConfig> {
  const checked = configSchema.safeParse(await readRaw(path));
  if (checked.success) return withAbsolutePaths(checked.data, dirname(resolve(path)));
  const problems = checked.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw invalid(path, problems.join("; "), "a configuration as docs/guide/configuration.md describes it");
}

async function readRaw(path: string): Promise<unknown> {
  const extension = extname(path).toLowerCase();
  try {
    if ([".ts", ".mts", ".js", ".mjs"].includes(extension)) {
      const module = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
      return module.default;
    }
    const text = await readFile(path, "utf8");
    return extension === ".json" ? JSON.parse(text) : parseYaml(text);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      throw new KindredError("source-missing", { seen: "no such file", where: { file: path }, cause });
    }
    throw invalid(path, (cause as Error).message, "TypeScript, YAML or JSON that can be read", cause);
  }
}

function withAbsolutePaths(config: KindredConfig, folder: string): KindredConfig {
  const absolute = (path: string): string => (path === "-" || isAbsolute(path) ? path : resolve(folder, path));
  return {
    ...config,
    sources: config.sources.map((source) => ({ ...source, path: absolute(source.path) })),
    ...(config.documents ? { documents: config.documents.map(absolute) } : {}),
  };
}

function invalid(path: string, seen: string, expected: string, cause?: unknown): KindredError {
  return new KindredError("config-invalid", { seen, expected, where: { file: path }, cause });
}
