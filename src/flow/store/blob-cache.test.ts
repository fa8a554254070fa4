import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { asidePath } from "../../base/index.ts";
import { BlobCache } from "./blob-cache.ts";
import { hashFile } from "./hash-file.ts";

test("a copy that inputs are links to counts once against the limit, and goes with its links", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindred-cache-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = { nowMs: () => nowMs };
  let nowMs = Date.now();
  const cache = new BlobCache(folder, 1_000, clock);
  const adopt = async (letter: string, bytes: number): Promise<string> => {
    nowMs += 2 * 60 * 60 * 1_000;
    const aside = asidePath(await cache.incoming());
    writeFileSync(aside, letter.repeat(bytes));
    return cache.adopt(aside, await hashFile(aside));
  };
  const linked = (path: string, name: string): string => {
    mkdirSync(join(folder, "inputs", "manifest"), { recursive: true });
    linkSync(path, join(folder, "inputs", "manifest", name));
    return join(folder, "inputs", "manifest", name);
  };
  const first = await adopt("a", 300);
  const firstLink = linked(first, "films.csv");
  const second = await adopt("b", 300);
  const secondLink = linked(second, "people.csv");
  const third = await adopt("c", 300);
  const are = () => [first, firstLink, second, secondLink, third].map((path) => existsSync(path));
  expect(are()).toEqual([true, true, true, true, true]);
  await adopt("d", 300);
  expect(are()).toEqual([false, false, true, true, true]);
});
