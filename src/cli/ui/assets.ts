import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Asset } from "../../serve/index.ts";

const typeByExtension: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Names of the pages' files: one folder, no dots that lead out of it. */
const assetName = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$/;

/** The pages' files: in the repository built from their sources when the server starts, in the package as it carries them. */
export async function pageAssets(): Promise<(name: string) => Promise<Asset | undefined>> {
  const built = import.meta.url.endsWith(".ts") ? await builtPages() : undefined;
  const folder = fileURLToPath(new URL("../../web", import.meta.url));
  return async (name) => {
    const type = typeByExtension[extname(name)];
    if (!assetName.test(name) || type === undefined) return undefined;
    const body = built ? built.get(name) : await readFile(join(folder, name)).catch(() => undefined);
    return body === undefined ? undefined : { body, type };
  };
}

/** The address is computed, because the script is not part of the package and must not be compiled into it. */
async function builtPages(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const script = new URL("../../../scripts/build-web.ts", import.meta.url).href;
  const { buildWeb } = (await import(script)) as { buildWeb: () => Promise<ReadonlyMap<string, string | Uint8Array>> };
  return buildWeb();
}
