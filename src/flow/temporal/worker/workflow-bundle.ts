import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, type WorkflowBundleOption } from "@temporalio/worker";
import { writeFileAtomic } from "../../../base/index.ts";
import { ownCodeHash } from "../../code/own-code.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the build of the package puts the workflows. */
export const bundlePath = here("../workflows.bundle.cjs");

/**
 * The workflows as the worker's sandbox takes them: bundled when the package was built. In the repository they are bundled when
 * its code has changed, which takes seconds.
 */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  if (existsSync(bundlePath)) return { codePath: bundlePath };
  const cached = here(`../../../../node_modules/.cache/kindred/workflows-${ownCodeHash().slice(0, 16)}.cjs`);
  const known = await readFile(cached, "utf8").catch(() => null);
  if (known !== null) return { code: known };
  const bundle = await bundleWorkflows();
  await writeFileAtomic(cached, new TextEncoder().encode(bundle.code));
  return bundle;
}

/** Bundles the workflows. */
export async function bundleWorkflows(): Promise<{ readonly code: string }> {
  const logger = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
  return bundleWorkflowCode({ workflowsPath: here("../workflow/workflows.ts"), logger });
}

function ignore(): void {}
