import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFiles } from "./kindred-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the type checker says of the `.ts` files of a folder outside of the repository; `paths` name what they import, below the repository. */
export async function typeErrors(folder: string, paths: Readonly<Record<string, string>>): Promise<string> {
  const compilerOptions = {
    typeRoots: [join(root, "node_modules/@types")],
    paths: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, [join(root, path)]])),
  };
  const config = { extends: join(root, "tsconfig.json"), compilerOptions, include: ["*.ts"], exclude: [] };
  await writeFiles(folder, { "tsconfig.json": JSON.stringify(config), "package.json": '{ "type": "module" }' });
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" }).stdout;
}
