import { systemClock } from "../base/index.ts";
import { BudgetWatch } from "./budget/budget-watch.ts";
import { type CodeReach, packCode } from "./code/pack-code.ts";
import { codeOf } from "./code-change.ts";
import { loadFlow, moduleUrl } from "./flow-module.ts";
import { assertPlainName } from "./namespace/namespace-name.ts";
import { startParams } from "./params/start-params.ts";
import type { StartOptions } from "./run-options.ts";
import type { ArtifactStore } from "./store/artifact-store.ts";
import type { MetadataStore, NewRun } from "./store/metadata-store.ts";
import { withResources } from "./with-resources.ts";

/** A run to be made, its code not pinned yet. */
export interface DraftRun extends Omit<NewRun, "code"> {
  /** Pins its code in a store. @throws config-invalid, limit-exceeded */
  pinned(store: ArtifactStore, reach: CodeReach): Promise<NewRun>;
}

/** A run as its flow and the options of its start declare it, on whichever host. @throws argument-invalid, config-invalid */
export async function draftRun(options: StartOptions): Promise<DraftRun> {
  const { exportName = "default", codeVersion, project, resources = {}, firing } = options;
  const flowModule = moduleUrl(options.flowModule);
  const flow = await loadFlow(flowModule, exportName);
  const params = startParams(flow.graph, options.params ?? {}, flow.checkParams);
  if (project !== undefined) assertPlainName(project, "project");
  const graph = { ...withResources(flow.graph, resources), project: project ?? flow.graph.project };
  const { namespace, user, branch, tags } = options;
  const run = { graph, params, labels: { namespace, user, branch, tags }, firing };
  const pinned = async (store: ArtifactStore, reach: CodeReach): Promise<NewRun> => {
    const pin = await packCode(flowModule, flow.code, store, reach);
    return { ...run, code: codeOf(flow.graph, flowModule, exportName, codeVersion, pin) };
  };
  return { ...run, pinned };
}

/** @throws refused when a run of the flow is expected to go beyond a ceiling */
export async function mayStart(metadata: MetadataStore, { graph }: DraftRun, options: StartOptions): Promise<void> {
  const { namespace, budgets } = options;
  const place = { project: graph.project, namespace, flow: graph.flow, run: null };
  await new BudgetWatch(budgets, metadata.usage, place, systemClock).mayStart(graph);
}
