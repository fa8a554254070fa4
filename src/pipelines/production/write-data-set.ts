import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  asidePath,
  assertOutputWritable,
  KindredError,
  outputMarker,
  replaceDirectory,
  stableJson,
} from "../../base/index.ts";
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
  await assertOutputWritable(out, { asHolder: isHeld });
  const staged = asidePath(out);
  try {
    const manifest = await dataSets.manifest(version.manifest);
    await dataSets.checkOut(manifest, staged);
    const { kind } = manifest;
    const holder = `production of project "${project}": data set "${name}"`;
    const { isHead: _, ...made } = version;
    const marker = { kind, version: 1, dataSet: made, ...(isHeld ? { heldBy: holder } : {}) };
    await writeFile(join(staged, outputMarker), `${stableJson(marker, 2)}\n`);
    await replaceDirectory(staged, out, { asHolder: isHeld });
    return { ...version, kind };
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw error;
  }
}
