import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { DataSets, OpenDataSetsOptions } from "../data-sets.ts";
import { checkOut, readManifest } from "../namespace/manifest.ts";
import { openArtifacts } from "../store/open-artifacts.ts";
import { openMetadata } from "../store/open-metadata.ts";
import type { StorePlaces } from "../store/store-places.ts";
import { homePaths } from "./home-paths.ts";
import { homeArtifacts, openHomeMetadata } from "./home-stores.ts";

/** See the door of this room. */
export async function openDataSets(
  home: string,
  places: StorePlaces,
  { onlyLooks = false }: OpenDataSetsOptions,
): Promise<DataSets> {
  const { database, temporary } = homePaths(resolve(home));
  const isNothingThere = places.metadata === undefined && !existsSync(database);
  const artifacts = await openArtifacts(homeArtifacts(home, places));
  const metadata = await (onlyLooks && isNothingThere ? openMetadata(":memory:") : openHomeMetadata(home, places));
  return {
    store: metadata.dataSets,
    run: (run) => metadata.readHead(run),
    manifest: (ref) => readManifest(artifacts, ref),
    checkOut: (manifest, folder) => checkOut(artifacts, manifest, folder),
    withFolder: async (use) => {
      await mkdir(temporary, { recursive: true });
      const folder = await mkdtemp(join(temporary, "data-set-"));
      try {
        return await use(folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    close: () => metadata.close(),
  };
}
