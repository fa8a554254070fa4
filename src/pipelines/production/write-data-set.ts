import { KindredError, writeOutputFolder } from "../../base/index.ts";
import { type DataSetId, type DataSets, type DataSetVersion, productionNamespace } from "../../flow/index.ts";

/**
 * Writes the files of a data set, as a run in the namespace sees it, to a folder that is replaced in one step. A copy of
 * production's is held: Kindred replaces it by a later version of the same, and by nothing else.
 * @throws not-found, output-refused, artifact-damaged
 */
export async function writeDataSet(
  dataSets: DataSets,
  { project, namespace, name }: DataSetId,
  out: string,
): Promise<DataSetVersion & { readonly kind: string }> {
  const version = (await dataSets.store.resolve(project, namespace)).find((each) => each.name === name);
  if (version === undefined) {
    throw new KindredError("not-found", {
      seen: `no data set "${name}" in ${namespace} of project "${project}", nor in production`,
      hint: "kindred data lists them",
    });
  }
  const isHeld = version.namespace === productionNamespace;
  const manifest = await dataSets.manifest(version.manifest);
  const { kind } = manifest;
  const holder = `production of project "${project}": data set "${name}"`;
  const { isHead: _, ...made } = version;
  const marker = { kind, version: 1, dataSet: made, ...(isHeld ? { heldBy: holder } : {}) };
  await writeOutputFolder({ out, marker, asHolder: isHeld }, (staged) => dataSets.checkOut(manifest, staged));
  return { ...version, kind };
}
