import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { asidePath, diskError, KindredError } from "../base/index.ts";
import type { SourceSpec } from "../records/index.ts";

/**
 * Copies standard input to a file of the home, because a source is read twice and by workers that have another
 * standard input. One input at a time: a second one replaces it.
 */
export async function spoolStandardInput(source: SourceSpec, home: string): Promise<SourceSpec> {
  if (process.stdin.isTTY) {
    throw new KindredError("argument-invalid", {
      seen: "- with nothing piped in",
      expected: "records on standard input",
    });
  }
  const folder = join(home, "stdin");
  const path = join(folder, source.name.replace(/[^A-Za-z0-9_-]/g, "_"));
  const aside = asidePath(path);
  await mkdir(folder, { recursive: true });
  try {
    await pipeline(process.stdin, createWriteStream(aside));
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw diskError(error, path);
  }
  return { ...source, path };
}
