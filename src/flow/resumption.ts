import { KindredError, stableJson } from "../base/index.ts";
import { codeChanges, codeOf, sameSteps } from "./code-change.ts";
import { loadFlow, moduleUrl } from "./flow-module.ts";
import type { PinCode } from "./new-run.ts";
import type { ResumeOptions } from "./run-options.ts";
import type { RunCode, RunHead } from "./run-record.ts";
import type { StepGraph } from "./step-graph.ts";
import type { MetadataStore, RunLease } from "./store/metadata-store.ts";
import { withResources } from "./with-resources.ts";

/** What a run goes on as, on whichever host. */
export interface Resumption {
  readonly graph: StepGraph;
  readonly code: RunCode;
}

/** The run that is to go on: by its number, or the latest. @throws not-found */
export async function readResumed(metadata: MetadataStore, run: string): Promise<RunHead> {
  const newest = run === "latest" ? (await metadata.listRuns({ limit: 1 }))[0]?.run : undefined;
  return metadata.readHead(newest ?? run);
}

/**
 * A run as the code here and the options of its resume declare it: with the resources that it had, as long as its code is the same.
 * @throws refused when the code changed and that is not allowed, argument-invalid
 */
export async function resumptionOf(head: RunHead, options: ResumeOptions, pinCode?: PinCode): Promise<Resumption> {
  const { exportName } = head.code;
  const flowModule = options.flowModule === undefined ? head.code.flowModule : moduleUrl(options.flowModule);
  const { graph } = await loadFlow(flowModule, exportName);
  const code = codeOf(graph, flowModule, exportName, options.codeVersion, await pinCode?.(flowModule));
  const isSame = code.codeHash === head.code.codeHash;
  if (!isSame && options.allowCodeChange !== true) throw codeChanged(head, graph, code);
  const declared = withResources(isSame ? head.graph : graph, options.resources ?? {});
  return { graph: { ...declared, project: head.graph.project }, code };
}

/** Writes down what the run goes on as, where that is not what it was. */
export async function keepResumption(
  metadata: MetadataStore,
  lease: RunLease,
  head: RunHead,
  { graph, code }: Resumption,
): Promise<void> {
  if (stableJson([graph, code]) === stableJson([head.graph, head.code])) return;
  await metadata.replaceCode(lease, graph, code, sameSteps(head.graph, graph));
}

function codeChanged(head: RunHead, graph: StepGraph, code: RunCode): KindredError {
  const changes = codeChanges(head.graph, graph, head.code.codeVersion, code.codeVersion);
  return new KindredError("refused", {
    seen: `the code changed since the run began: ${changes.join("; ")}`,
    expected: `code ${head.code.codeHash.slice(0, 12)}, here is ${code.codeHash.slice(0, 12)}`,
    hint: "Resume with the code it began with, start a new run, or allow the change: unchanged leading steps are then kept",
    where: { run: head.run },
  });
}
