import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { KindredError } from "../../base/index.ts";
import type { StepCode } from "../flow.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { archiveCode, lockfile } from "./code-archive.ts";
import type { CodePin } from "./code-pin.ts";
import { ownCodeHash, ownModule } from "./own-code.ts";
import { stepPrints } from "./step-prints.ts";

/** Who is to run the code: this machine alone, where Kindred's version says which Kindred it is, or others too. */
export type CodeReach = "this machine" | "all machines";

/**
 * Puts the code of a flow into the artifact store: the module, the files it imports, package.json and lockfile. A flow that is
 * part of Kindred is pinned as that.
 * @throws config-invalid when others are to run it and it imports packages that no lockfile names, limit-exceeded
 */
export async function packCode(
  flowModule: string,
  code: ReadonlyMap<string, StepCode>,
  store: ArtifactStore,
  reach: CodeReach,
): Promise<CodePin> {
  const path = fileURLToPath(flowModule);
  const own = ownModule(path);
  const kindred = reach === "all machines" ? ownCodeHash() : null;
  if (own !== null) return { kindred, pack: null, module: own, needsPackages: false };
  const { bytes, module, files, packages, sources, project } = archiveCode(path);
  const needsPackages = packages.length > 0;
  if (reach === "all machines" && needsPackages && !existsSync(join(project, lockfile)))
    throw noLockfile(path, packages);
  return { kindred, pack: await store.put(bytes), module, needsPackages, files, steps: stepPrints(code, sources) };
}

function noLockfile(file: string, packages: readonly string[]): KindredError {
  return new KindredError("config-invalid", {
    seen: `the flow imports ${packages.join(", ")}, and there is no ${lockfile}`,
    expected: "a lockfile beside its package.json, from which workers install the same",
    where: { file },
  });
}
