import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Files of web/ that the browser gets as they are. */
const copiedExtensions = new Set([".html", ".css", ".svg", ".woff2"]);

/**
 * Builds the browser's pages in memory: file name -> content. `kindred ui` in a checkout serves this map as it is, so a
 * page is never older than its source and no install step has to build it; the package carries it as dist/web.
 * Entry is web/app.tsx, which becomes app.js; what it imports dynamically becomes chunks loaded when needed.
 */
export async function buildWeb(folder = join(root, "web")): Promise<Map<string, string | Uint8Array>> {
  const bundle = await rolldown({
    input: join(folder, "app.tsx"),
    platform: "browser",
    cwd: root,
    logLevel: "warn",
    // The pages' tsconfig names Preact too; told here as well, the bundle does not depend on where its source lies.
    onLog: (level, log, handle) => {
      if (log.code !== "CONFIGURATION_FIELD_CONFLICT") handle(level, log);
    },
    transform: {
      jsx: { runtime: "automatic", importSource: "preact" },
      define: { "process.env.NODE_ENV": '"production"' },
    },
  });
  const files = new Map<string, string | Uint8Array>();
  try {
    const { output } = await bundle.generate({
      format: "esm",
      minify: true,
      entryFileNames: "[name].js",
      chunkFileNames: "[name]-[hash].js",
    });
    for (const item of output) files.set(item.fileName, item.type === "chunk" ? item.code : item.source);
  } finally {
    await bundle.close();
  }
  for (const name of (await readdir(folder)).sort()) {
    if (copiedExtensions.has(extname(name))) files.set(name, await readFile(join(folder, name)));
  }
  return files;
}

/** Builds the pages and replaces `target` by them. */
export async function writeWeb(target: string): Promise<void> {
  const files = await buildWeb();
  await rm(target, { recursive: true, force: true });
  for (const [name, content] of files) {
    const path = join(target, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await writeWeb(join(root, "dist/web"));
}
