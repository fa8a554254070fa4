import { fileURLToPath } from "node:url";
import type { RunCode } from "../run-record.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import type { CodePin } from "./code-pin.ts";
import { areOriginal } from "./original-files.ts";

/** Where the code of a run is on this machine. */
export interface RunModule {
  readonly url: string;
  /** True for the run's own files, which are what they were; false for a copy of its package, since they are not. */
  readonly isOriginal: boolean;
}

/**
 * The module of a run, as it was when the run began: where it was then, or, when one of its files changed since, unpacked from its
 * package into `folder`. @throws refused, artifact-damaged, config-invalid
 */
export async function moduleOfRun(
  { flowModule, pin }: Pick<RunCode, "flowModule" | "pin">,
  store: ArtifactStore,
  folder: string,
): Promise<RunModule> {
  if (pin === undefined) return { url: flowModule, isOriginal: true };
  const isOriginal = pin.pack !== null && areOriginal(pin, fileURLToPath(flowModule));
  // Each worker process of a machine comes here: what it needs no more is not loaded.
  if (pin.kindred === null && isOriginal) return { url: flowModule, isOriginal };
  return fetched(flowModule, pin, isOriginal, store, folder);
}

async function fetched(
  flowModule: string,
  pin: CodePin,
  isOriginal: boolean,
  store: ArtifactStore,
  folder: string,
): Promise<RunModule> {
  const { assertSameKindred, fetchCode } = await import("./fetch-code.ts");
  const { projectOf } = await import("./code-archive.ts");
  assertSameKindred(pin);
  if (isOriginal) return { url: flowModule, isOriginal };
  const url = await fetchCode(pin, store, folder, projectOf(fileURLToPath(flowModule)));
  return { url, isOriginal: pin.pack === null };
}
