import { readFile } from "node:fs/promises";
import { dirname, extname, isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse as parseYaml } from "yaml";
import { importWithOwnPackage, KindredError } from "../../base/index.ts";
import { type ComparisonSettings, isBuiltInComparison } from "../../linkage/index.ts";
import type { SourceSpec } from "../../records/index.ts";
import { configSchema, type KindredConfig } from "./config.ts";

/**
 * Reads and checks a configuration file; its paths are taken from the file's own folder.
 * @throws config-invalid with every place that is wrong, source-missing when there is no such file
 */
export async function loadConfig(path: string): Promise<KindredConfig> {
  const checked = configSchema.safeParse(await readRaw(path));
  if (checked.success) return withAbsolutePaths(checked.data, resolve(path));
  const problems = checked.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw invalid(path, problems.join("; "), "a configuration as docs/guide/configuration.md describes it");
}

const moduleExtensions = [".ts", ".mts", ".js", ".mjs"];

async function readRaw(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new KindredError("source-missing", {
      seen: "no such file",
      expected: "kindred.config.ts, YAML or JSON",
      where: { file: path },
      cause,
    });
  });
  const extension = extname(path).toLowerCase();
  try {
    if (moduleExtensions.includes(extension)) return await defaultExport(path);
    return extension === ".json" ? JSON.parse(text.replace(/^\uFEFF/, "")) : parseYaml(text);
  } catch (cause) {
    throw invalid(path, (cause as Error).message, "TypeScript, YAML or JSON that can be read", cause);
  }
}

async function defaultExport(path: string): Promise<unknown> {
  if (/\.m?ts$/i.test(path) && !process.features.typescript)
    throw new Error(`Node ${process.version} does not run TypeScript; 22.18 and newer do, and YAML needs none`);
  const loaded = (await importWithOwnPackage(pathToFileURL(resolve(path)).href)) as { readonly default?: unknown };
  if (loaded.default === undefined)
    throw new Error("nothing is exported as default (export default defineConfig(...))");
  return loaded.default;
}

function withAbsolutePaths(config: KindredConfig, file: string): KindredConfig {
  const folder = dirname(file);
  const absolute = (path: string): string => (path === "-" || isAbsolute(path) ? path : resolve(folder, path));
  return {
    ...config,
    sources: config.sources.map((source) => ({ ...withAbsoluteModels(source, folder), path: absolute(source.path) })),
    ...(config.linkage ? { linkage: withModules(config.linkage, file) } : {}),
    ...Object.fromEntries(
      (["labels", "verdicts", "model", "calibration"] as const).flatMap((name) => {
        const path = config[name];
        return path === undefined ? [] : [[name, absolute(path)]];
      }),
    ),
    ...(config.documents ? { documents: config.documents.map(absolute) } : {}),
  };
}

function withAbsoluteModels(source: SourceSpec, folder: string): SourceSpec {
  if (source.fields === undefined) return source;
  const fields = Object.entries(source.fields).map(([name, field]) => [
    name,
    field.model === undefined ? field : { ...field, model: resolve(folder, field.model) },
  ]);
  return { ...source, fields: Object.fromEntries(fields) };
}

/** Comparisons with the module that defines their kind: as they name it, else the configuration, where it is a module itself. */
function withModules(linkage: NonNullable<KindredConfig["linkage"]>, file: string): KindredConfig["linkage"] {
  const isModule = moduleExtensions.includes(extname(file).toLowerCase());
  const withModule = (comparison: ComparisonSettings): ComparisonSettings => {
    if (comparison.module !== undefined) return { ...comparison, module: resolve(dirname(file), comparison.module) };
    return isModule && !isBuiltInComparison(comparison.kind) ? { ...comparison, module: file } : comparison;
  };
  const types = Object.entries(linkage).map(([entityType, settings]) => [
    entityType,
    settings.comparisons === undefined ? settings : { ...settings, comparisons: settings.comparisons.map(withModule) },
  ]);
  return Object.fromEntries(types);
}

function invalid(path: string, seen: string, expected: string, cause?: unknown): KindredError {
  return new KindredError("config-invalid", { seen, expected, where: { file: path }, cause });
}
