import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { systemClock } from "../../base/index.ts";
import { homePaths } from "../home/home-paths.ts";
import { homeArtifacts, openHomeMetadata } from "../home/home-stores.ts";
import { openArtifacts } from "../store/open-artifacts.ts";
import { openMetadata } from "../store/open-metadata.ts";
import { collect } from "./collect.ts";
import type { CollectOptions } from "./collect-options.ts";
import type { CollectionReport } from "./report.ts";

/** See the door of this room. */
export async function collectGarbage(options: CollectOptions): Promise<CollectionReport> {
  const home = resolve(options.home);
  const { isDry = false, onProgress = () => {}, right = { token: undefined, by: null } } = options;
  // Looking at a home that has no runs yet makes none.
  const isNew = options.metadata === undefined && !existsSync(homePaths(home).database);
  const metadata = isNew ? await openMetadata(":memory:") : await openHomeMetadata(home, options);
  try {
    const artifacts = await openArtifacts(homeArtifacts(home, options));
    return await collect({ ...options, metadata, artifacts, home, right, isDry, onProgress, clock: systemClock });
  } finally {
    await metadata.close();
  }
}
