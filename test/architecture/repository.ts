import { isUtf8 } from "node:buffer";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Paths of all text files that are, or would be, committed. */
export function repositoryFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  const paths = [...new Set(listed.toString("utf8").split("\0"))].filter((path) => path !== "");
  // A file deleted but not yet committed is listed still.
  return paths.filter((path) => existsSync(join(root, path)) && isUtf8(readFileSync(join(root, path))));
}

/** Paths of the TypeScript that the rules are about. */
export function sourcePaths(files: readonly string[]): string[] {
  return files.filter((path) => /^(src|web|test|bench|scripts)\/.*\.tsx?$/.test(path));
}
