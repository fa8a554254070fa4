import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { importWithOwnPackage, KindredError, sha256 } from "../base/index.ts";
import { checkGraph } from "./check-graph.ts";
import { type AnyFlow, isFlow } from "./flow.ts";
import { importError } from "./import-error.ts";

/** The URL of a flow's module, from a URL or a path: where it really is, since that is what its imports are relative to. */
export function moduleUrl(module: URL | string): string {
  const url = urlOf(module);
  const path = fileOf(url);
  if (path === null) return url;
  const { search } = new URL(url);
  return `${pathToFileURL(realpathSync(path)).href}${search}`;
}

function urlOf(module: URL | string): string {
  if (module instanceof URL) return module.href;
  if (isAbsolute(module) || !/^[a-z-]+:/.test(module)) return pathToFileURL(resolve(module)).href;
  return module;
}

/** The file that a URL names; null when there is none. */
function fileOf(url: string): string | null {
  const path = url.startsWith("file:") ? fileURLToPath(url) : null;
  return path !== null && existsSync(path) ? path : null;
}

/** Loads the flow that a module exports. @throws config-invalid when it exports none, or one without steps */
export async function loadFlow(url: string, exportName: string): Promise<AnyFlow> {
  const module = await importModule(url);
  const flow = exportOf(module, exportName);
  if (isFlow(flow) && flow.graph.steps.length > 0) {
    checkGraph(flow.graph);
    return flow;
  }
  const others = Object.keys(module).filter((name) => isFlow(module[name]) && name !== exportName);
  const file = fileOf(url) ?? url;
  throw new KindredError("config-invalid", {
    seen: isFlow(flow) ? `the flow "${flow.graph.flow}" has no steps` : `the export "${exportName}" is no flow`,
    expected: "a flow made with flow(name).step(...)",
    ...(others.length === 0 ? {} : { hint: `It exports ${others.join(", ")}: say ${basename(file)}#${others[0]}` }),
    where: { file },
  });
}

async function importModule(url: string): Promise<Record<string, unknown>> {
  try {
    return (await importWithOwnPackage(addressOf(url))) as Record<string, unknown>;
  } catch (error) {
    throw importError(url, error);
  }
}

/** A module that was compiled to CommonJS has its exports inside of its default one. */
function exportOf(module: Record<string, unknown>, name: string): unknown {
  if (isFlow(module[name])) return module[name];
  return (module["default"] as Record<string, unknown> | undefined | null)?.[name] ?? module[name];
}

const loaded = new Map<string, string>();

/** A process loads a module once: for whoever watches for long, one that was edited since is another module. */
function addressOf(url: string): string {
  const path = fileOf(url);
  if (path === null) return url;
  const hash = sha256(readFileSync(path));
  const first = loaded.get(url) ?? hash;
  loaded.set(url, first);
  return hash === first ? url : `${url}?edited=${hash}`;
}
