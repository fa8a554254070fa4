import { basename } from "node:path";
import { KindredError } from "../base/index.ts";
import type { SourceSpec } from "./source-spec.ts";

const compressionSuffix = /\.(gz|zst)$/i;
const extension = /\.[A-Za-z0-9]{1,8}$/;

/** The name a source has when none is given: its file's name without folder and extensions; `stdin` for `-`. */
export function sourceName(path: string): string {
  if (path === "-") return "stdin";
  const file = basename(path).replace(compressionSuffix, "");
  const bare = file
    .replace(extension, "")
    .replace(/[*?{}[\]]+/g, "")
    .replace(/^[-_. ]+|[-_. ]+$/g, "");
  return bare || file;
}

/**
 * Reads a source as the command line names it: `[name=]path`.
 * @throws argument-invalid when the name or the path is empty
 */
export function sourceFromArgument(argument: string): SourceSpec {
  // A path may hold `=` itself (`year=2020/part.parquet`), so only a prefix without separators is a name.
  const named = /^([^=/\\]*)=(.*)$/s.exec(argument);
  const name = named ? (named[1] as string).trim() : sourceName(argument);
  const path = named ? (named[2] as string) : argument;
  if (name === "" || path === "") {
    throw new KindredError("argument-invalid", {
      seen: `"${argument}" names no ${path === "" ? "file" : "source"}`,
      expected: "[name=]path, such as imdb=films.csv.gz",
    });
  }
  return { name, path };
}

/**
 * Checks that no two sources have the same name, since results tell records apart by it.
 * @throws argument-invalid with the way to name them
 */
export function checkSourceNames(specs: readonly Pick<SourceSpec, "name" | "path">[]): void {
  const pathByName = new Map<string, string>();
  for (const { name, path } of specs) {
    const other = pathByName.get(name);
    if (other !== undefined) {
      throw new KindredError("argument-invalid", {
        seen: `the sources "${other}" and "${path}" are both named "${name}"`,
        expected: "a name of its own for each source",
        hint: `Name them: ${name}-1=${other} ${name}-2=${path}`,
      });
    }
    pathByName.set(name, path);
  }
}
