import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse as parseYaml } from "yaml";
import { KindredError } from "../base/index.ts";
import { parseOntology } from "./define-ontology.ts";
import type { Ontology } from "./ontology.ts";

const moduleExtensions = new Set([".ts", ".mts", ".js", ".mjs"]);

/**
 * Reads an ontology from a file: .yaml, .yml, .json, or a module (.ts, .mts, .js, .mjs) whose default export it is.
 * @throws source-missing, config-invalid
 */
export async function readOntology(path: string): Promise<Ontology> {
  if (moduleExtensions.has(extname(path))) return parseOntology(await importDefault(path), path);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw missing(path, error);
  });
  try {
    return parseOntology(extname(path) === ".json" ? JSON.parse(text) : parseYaml(text), path);
  } catch (cause) {
    if (cause instanceof KindredError) throw cause;
    throw new KindredError("config-invalid", {
      seen: `the file cannot be parsed (${(cause as Error).message})`,
      expected: "an ontology as YAML or JSON",
      where: { file: path },
      cause,
    });
  }
}

async function importDefault(path: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(resolve(path)).href)) as { default?: unknown }).default;
  } catch (cause) {
    if (cause instanceof KindredError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") throw missing(path, cause);
    throw new KindredError("config-invalid", {
      seen: `the module cannot be loaded (${(cause as Error).message})`,
      expected: "a module whose default export is an ontology (defineOntology)",
      where: { file: path },
      cause,
    });
  }
}

function missing(path: string, cause: unknown): KindredError {
  return new KindredError("source-missing", {
    seen: `the ontology file cannot be read (${(cause as NodeJS.ErrnoException).code ?? "unknown error"})`,
    expected: "a .yaml, .yml, .json, .ts or .js file that holds an ontology",
    where: { file: path },
    cause,
  });
}
