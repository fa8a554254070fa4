import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";

/** Something that a test needs and a machine may not have. */
export interface Need {
  /** What is not there and how to get it; undefined where nothing is missing. */
  readonly missing: string | undefined;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const dataFolder = resolve(root, process.env.KINDRED_DATA ?? "../shared/data");

/** The path of a file of real data, which lies beside the checkout and never in it. */
export function dataPath(file: string): string {
  return join(dataFolder, file);
}

/** Real data, by their paths in the data folder. */
export function needData(...files: string[]): Need {
  const absent = files.filter((file) => !existsSync(dataPath(file)));
  return {
    missing: absent.length > 0 ? `no data: ${absent.join(", ")} not in ${dataFolder} (KINDRED_DATA)` : undefined,
  };
}

/** The browser that the pages are tested in. */
export const chromiumPath = "/usr/bin/chromium";

/** Debian's Chromium. */
export function needBrowser(): Need {
  return { missing: existsSync(chromiumPath) ? undefined : `no ${chromiumPath}: npm run setup:servers installs it` };
}

/** A suite that runs where its need is there; elsewhere one skipped test stands for it, with the reason printed. */
export function describeWith(need: Need, title: string, body: () => void): void {
  if (need.missing === undefined) describe(title, body);
  else describe(title, () => test("is skipped as a whole", (context) => context.skip(need.missing)));
}
