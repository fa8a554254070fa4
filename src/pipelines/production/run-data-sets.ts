import { type DataSets, defaultProject } from "../../flow/index.ts";
import { type ListedVersion, listVersions } from "./list-versions.ts";

/** What a run made, and where it is published. */
export interface RunDataSets {
  readonly project: string;
  /** By name; no version where it is published nowhere, such as what a run in production made before its promote. */
  readonly dataSets: readonly { readonly name: string; readonly versions: readonly ListedVersion[] }[];
}

/** The data sets of a run. @throws not-found */
export async function runDataSets(dataSets: DataSets, run: string): Promise<RunDataSets> {
  const project = (await dataSets.run(run)).project ?? defaultProject;
  const outputs = await dataSets.store.outputs(run);
  const found = [];
  for (const { name } of outputs) {
    const versions = await listVersions(dataSets, { project, name });
    found.push({ name, versions: versions.filter((version) => version.run === run) });
  }
  return { project, dataSets: found };
}
