import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What is found at run time: packages with native code, and those that are there only where the user installed them. */
const notBundled = [/^@duckdb\//, /^ai$/, /^@ai-sdk\//, /^@temporalio\//, /^aws4fetch$/, /^pg$/];

/** A package that was bundled, and the text of its licence. */
export interface BundledPackage {
  readonly name: string;
  readonly licence: string;
}

/**
 * Bundles modules with all that they import into few files, since Node spends .2 s on finding, linking and caching 600. Code
 * that several entries need lies in chunks that they share, so that every class exists once. A module's own address stays
 * that of the file which tsc would write into dist/ for it.
 * @param entries name of the file without extension -> path of its source
 * @returns the packages that are in the bundle, in order of their names
 */
export async function bundle(entries: Readonly<Record<string, string>>, target: string): Promise<BundledPackage[]> {
  const built = await rolldown({
    input: { ...entries },
    platform: "node",
    cwd: root,
    logLevel: "warn",
    external: [...notBundled, /^node:/, ...builtinModules],
    plugins: [ownAddresses(target)],
  });
  try {
    const { output } = await built.write({
      dir: target,
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    });
    const modules = output.flatMap((item) => (item.type === "chunk" ? item.moduleIds : []));
    return bundledPackages(modules);
  } finally {
    await built.close();
  }
}

const folderMark = "__FOLDER_OF_DIST__";

/** Gives `import.meta.url` of a module of src/ the place it has in dist/, whatever chunk it lies in. */
function ownAddresses(target: string): Plugin {
  const source = join(root, "src");
  return {
    name: "own-addresses",
    transform(code, id) {
      if (!id.startsWith(source) || !code.includes("import.meta.url")) return null;
      const place = relative(source, id).replace(/\.tsx?$/, ".js");
      return code.replaceAll("import.meta.url", `new URL("${folderMark}/${place}", import.meta.url).href`);
    },
    renderChunk(code, { fileName }) {
      if (!code.includes(folderMark)) return null;
      const folder = relative(dirname(join(target, fileName)), join(root, "dist"));
      return code.replaceAll(folderMark, folder === "" ? "." : folder);
    },
  };
}

function bundledPackages(modules: readonly string[]): BundledPackage[] {
  const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
  return [...folders]
    .map((folder) => {
      const { name, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const texts = readdirSync(folder)
        .filter((file) => /^(?:licen[cs]e|notice)(?:\.(?:txt|md))?$/i.test(file))
        .map((file) => readFileSync(join(folder, file), "utf8").trim());
      return { name, licence: texts.length === 0 ? license : texts.join("\n\n") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
