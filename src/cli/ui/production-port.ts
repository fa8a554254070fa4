import type { StorePlaces } from "../../flow/index.ts";
import { listVersions, productionHistory, runDataSets } from "../../pipelines/index.ts";
import type { ProductionPort } from "../../serve/index.ts";
import { projectName } from "../data-set-reading.ts";
import { lookAtDataSets } from "./production-reading.ts";
import { ProductionThread } from "./production-thread.ts";

/** A port with something to close. */
interface ClosedPort extends ProductionPort {
  close(): Promise<void>;
}

/** Reads data sets and production of a home for the pages; what reads whole versions does it in a thread of its own. */
export function productionPort(home: string, places: StorePlaces): ClosedPort {
  const place = { home, places };
  const thread = new ProductionThread(place);
  return {
    project: () => projectName(undefined),
    projects: () =>
      lookAtDataSets(place, async ({ store }) =>
        [...new Set((await store.versions({})).map(({ project }) => project))].sort(),
      ),
    versions: (query) => lookAtDataSets(place, (dataSets) => listVersions(dataSets, query)),
    history: (query) => lookAtDataSets(place, (dataSets) => productionHistory(dataSets, query)),
    made: (run) => lookAtDataSets(place, (dataSets) => runDataSets(dataSets, run)),
    close: () => thread.close(),
    figures: (manifest) => thread.figures(manifest),
    compare: (run) => thread.compare(run),
  };
}
