import { join } from "node:path";
import { KindredError } from "../../base/index.ts";
import type { DataSetVersion } from "../namespace/data-set.ts";
import { checkOut, readManifest, storeFolder } from "../namespace/manifest.ts";
import { assertPlainName } from "../namespace/namespace-name.ts";
import type { TaskDataSets } from "../namespace/task-data-sets.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { TaskDataSet } from "../store/metadata-store.ts";
import type { UsageMeter } from "./usage-meter.ts";

/** The data sets of one attempt: those it sees, and those it made, which count when it is done. */
export class DataSetsOfTask implements TaskDataSets {
  readonly made: TaskDataSet[] = [];
  private readonly seen: readonly DataSetVersion[];
  private readonly store: ArtifactStore;
  private readonly meter: UsageMeter;
  private readonly temporaryFolder: string;

  constructor(seen: readonly DataSetVersion[], store: ArtifactStore, meter: UsageMeter, temporaryFolder: string) {
    this.seen = seen;
    this.store = store;
    this.meter = meter;
    this.temporaryFolder = temporaryFolder;
  }

  find(name: string): DataSetVersion | null {
    return this.seen.find((version) => version.name === name) ?? null;
  }

  async folder(name: string): Promise<string> {
    const version = this.find(name);
    if (version === null) {
      const names = this.seen.map((each) => each.name).join(", ");
      throw new KindredError("not-found", {
        seen: `no data set "${name}" when the run was made`,
        expected: names === "" ? "one that was published before" : `one of ${names}`,
      });
    }
    const folder = join(this.temporaryFolder, `data-set-${name}`);
    const manifest = await readManifest(this.store, version.manifest);
    await checkOut(this.store, manifest, folder);
    for (const { byteCount } of manifest.files) this.meter.blobReadBytes += byteCount;
    return folder;
  }

  async publish(
    name: string,
    folder: string,
    options: { readonly kind?: string; readonly move?: boolean } = {},
  ): Promise<void> {
    assertPlainName(name, "data set");
    if (this.made.some((each) => each.name === name))
      throw new KindredError("config-invalid", { seen: `the task made the data set "${name}" already` });
    const { kind = "files", move = false } = options;
    const { manifest, byteCount } = await storeFolder(this.store, folder, kind, move);
    this.meter.blobWrittenBytes += byteCount;
    this.made.push({ name, manifest });
  }
}
