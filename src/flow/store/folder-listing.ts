import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { asideFor } from "../../base/index.ts";
import type { HeldBlob, Removed } from "./artifact-store.ts";

/** The blobs of a folder store, a page for each of its folders. */
export async function* blobsIn(folder: string): AsyncGenerator<readonly HeldBlob[]> {
  for (const first of await shelves(folder)) {
    const names = (await entriesOf(join(folder, first))).filter((name) => /^[0-9a-f]{62}$/.test(name));
    const blobs = names.map(async (name): Promise<HeldBlob[]> => {
      const found = await stat(join(folder, first, name)).catch(() => null);
      return found === null ? [] : [{ blob: `${first}${name}`, byteCount: found.size, usedMs: found.mtimeMs }];
    });
    yield (await Promise.all(blobs)).flat();
  }
}

/** Takes away, or only counts, files that were to be renamed into place and were last written before a moment. */
export async function removePartials(folder: string, beforeMs: number, isDry: boolean): Promise<Removed> {
  let [count, byteCount] = [0, 0];
  for (const place of [folder, ...(await shelves(folder)).map((first) => join(folder, first))]) {
    for (const name of await entriesOf(place)) {
      if (asideFor(name) === null) continue;
      const path = join(place, name);
      const found = await stat(path).catch(() => null);
      if (found === null || found.mtimeMs >= beforeMs) continue;
      count += 1;
      byteCount += found.size;
      if (!isDry) await rm(path, { force: true });
    }
  }
  return { count, byteCount };
}

async function shelves(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
}

async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
