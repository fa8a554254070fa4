import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { KindredError, writeFileAtomic } from "../base/index.ts";

function pointerPath(home: string): string {
  return join(home, "published.json");
}

/** Remembers which folder was published last, so that `search` and the others need not be told. */
export async function rememberPublished(home: string, directory: string): Promise<void> {
  await writeFileAtomic(pointerPath(home), `${JSON.stringify({ directory })}\n`);
}

/**
 * The folder to read: the one named, else the one published last.
 * @throws not-found when nothing was published
 */
export async function publishedDirectory(home: string, named: string | undefined): Promise<string> {
  if (named !== undefined) return resolve(named);
  const text = await readFile(pointerPath(home), "utf8").catch(() => undefined);
  if (text !== undefined) return (JSON.parse(text) as { directory: string }).directory;
  throw new KindredError("not-found", {
    seen: "nothing was published yet",
    expected: "a graph to read",
    hint: "Run `kindred demo` or `kindred link`, or name a folder with --dir",
    where: { file: home },
  });
}
