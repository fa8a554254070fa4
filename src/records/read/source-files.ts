import { createReadStream, createWriteStream } from "node:fs";
import { glob, mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { diskError, KindredError } from "../../base/index.ts";

const globSigns = /[*?{[]/;

/**
 * The files a source's path means, sorted: one file, all that a glob finds, or standard input (or a pipe) spooled to a temporary file,
 * because a source is read twice.
 * @throws source-missing when there is none
 */
export async function resolveFiles(path: string, temporaryDirectory = tmpdir()): Promise<string[]> {
  if (path === "-") return [await spool(process.stdin, temporaryDirectory)];
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  if (found?.isFIFO()) return [await spool(createReadStream(path), temporaryDirectory)];
  if (found?.isDirectory()) throw missing(path, "a folder", `a file, or a glob such as "${path}/*.csv"`);
  if (!globSigns.test(path)) throw missing(path, "no such file", "a file that exists");
  const files: string[] = [];
  for await (const file of glob(path)) if ((await stat(file)).isFile()) files.push(file);
  if (files.length === 0) throw missing(path, "no file fits the glob", "at least one file");
  return files.sort();
}

function missing(file: string, seen: string, expected: string): KindredError {
  return new KindredError("source-missing", { seen, expected, where: { file }, hint: "Check the path" });
}

/** Copies what can be read only once; whoever gave the folder clears it when the run needs the source no more. */
async function spool(input: Readable, temporaryDirectory: string): Promise<string> {
  const directory = await mkdtemp(join(temporaryDirectory, "kindred-stdin-"));
  const file = join(directory, "stdin");
  try {
    await pipeline(input, createWriteStream(file));
  } catch (error) {
    throw diskError(error, file);
  }
  return file;
}
