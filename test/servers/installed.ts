import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const postgresFolder = "/usr/lib/postgresql";

/** A program of the Python environment that scripts/setup-servers.sh makes, such as `temporal`. @throws when it is not there */
export function environmentProgram(name: string): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  return found(join(cache, "kindred", "test-servers", "bin", name));
}

/** A program of the newest PostgreSQL that Debian's packages installed, such as `initdb`. @throws when it is not there */
export function postgresProgram(name: string): string {
  const versions = existsSync(postgresFolder) ? readdirSync(postgresFolder).map(Number) : [];
  return found(join(postgresFolder, String(Math.max(0, ...versions)), "bin", name));
}

function found(path: string): string {
  if (existsSync(path)) return path;
  throw new Error(`no ${path}: npm run setup:servers installs it`);
}
