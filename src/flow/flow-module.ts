import { existsSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { importWithOwnPackage, isKindredError, KindredError, sha256 } from "../base/index.ts";
import { checkGraph } from "./check-graph.ts";
import { type AnyFlow, isFlow } from "./flow.ts";

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
  const module = (await importWithOwnPackage(addressOf(url)).catch((error: unknown) => {
    throw importError(url, error);
  })) as Record<string, unknown>;
  const flow = module[exportName];
  if (isFlow(flow) && flow.graph.steps.length > 0) {
    checkGraph(flow.graph);
    return flow;
  }
  throw new KindredError("config-invalid", {
    seen: isFlow(flow) ? `the flow "${flow.graph.flow}" has no steps` : `the export "${exportName}" is no flow`,
    expected: "a flow made with flow(name).step(...)",
    where: { file: url },
  });
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

/** Whatever a module of the user's throws while it is loaded is the user's to mend: told with its place, not as a bug of Kindred. */
function importError(url: string, error: unknown): unknown {
  if (isKindredError(error)) return error;
  const { code, message, stack }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  const frame = code === "ERR_MODULE_NOT_FOUND" ? undefined : /\n\s+at (.+)/.exec(stack ?? "")?.[1];
  const hint =
    code === "ERR_UNKNOWN_FILE_EXTENSION" ? { hint: "Node runs .ts files from 22.18 on; older ones run .js" } : {};
  return new KindredError("config-invalid", {
    seen: `the module of the flow cannot be loaded (${message}${frame === undefined ? "" : `, at ${frame}`})`,
    ...hint,
    where: { file: url },
    cause: error,
  });
}
