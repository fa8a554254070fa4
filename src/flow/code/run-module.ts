import { fileURLToPath } from "node:url";
import { sha256 } from "../../base/index.ts";
import type { RunCode } from "../run-record.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { archiveCode } from "./code-archive.ts";
import { assertSameKindred, fetchCode } from "./fetch-code.ts";

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
  assertSameKindred(pin);
  if (pin.pack === null) return { url: await fetchCode(pin, store, folder), isOriginal: true };
  const found = archiveHere(flowModule);
  if (found !== null && sha256(found.bytes) === pin.pack.blob) return { url: flowModule, isOriginal: true };
  return { url: await fetchCode(pin, store, folder, found?.project ?? null), isOriginal: false };
}

/** Null when the module is not there any more. */
function archiveHere(flowModule: string): ReturnType<typeof archiveCode> | null {
  try {
    return archiveCode(fileURLToPath(flowModule));
  } catch {
    return null;
  }
}
