import { join } from "node:path";
import { filesUnder, stableJson, writeOutputFolder } from "../../base/index.ts";
import {
  type BlobRef,
  type DataSetFile,
  type DataSetManifest,
  openDataSets,
  type StorePlaces,
  type TaskBlobs,
} from "../../flow/index.ts";

/** A folder that a run made on another machine than the one that is to have it. */
export interface HandedOver {
  readonly run: string;
  readonly out: string;
  /** JSON of its manifest; null where the run wrote it itself. */
  readonly handedOver: BlobRef | null;
}

/** Puts a folder into the store, for the machine that the run was started on. Returns JSON of a manifest, as data sets have. */
export async function handOver(blobs: TaskBlobs, folder: string): Promise<BlobRef> {
  const files: DataSetFile[] = [];
  for (const path of filesUnder(folder)) files.push({ path, ...(await blobs.putFile(join(folder, path))) });
  const manifest: DataSetManifest = { version: 1, kind: "linkage", files };
  return blobs.put(new TextEncoder().encode(stableJson(manifest)));
}

/** Writes the folder that a run handed over; nothing where the run wrote it itself. @throws output-refused, artifact-damaged */
export async function writeHandedOver(
  { run, out, handedOver }: HandedOver,
  { home, ...places }: StorePlaces & { readonly home: string },
): Promise<void> {
  if (handedOver === null) return;
  const dataSets = await openDataSets(home, places);
  try {
    const manifest = await dataSets.manifest(handedOver);
    const marker = { kind: "linkage", version: 1, run };
    await writeOutputFolder({ out, marker }, (staged) => dataSets.checkOut(manifest, staged));
  } finally {
    await dataSets.close();
  }
}
