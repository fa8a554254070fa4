import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The folder that holds runs, blobs, logs and decisions: `KINDRED_HOME`, else the nearest `.kindred` here or above,
 * else `.kindred` here.
 */
export function kindredHome(cwd: string, env: Readonly<Record<string, string | undefined>>): string {
  if (env.KINDRED_HOME) return resolve(cwd, env.KINDRED_HOME);
  for (let folder = cwd; ; folder = dirname(folder)) {
    const home = join(folder, ".kindred");
    if (existsSync(home)) return home;
    if (folder === dirname(folder)) return join(cwd, ".kindred");
  }
}
