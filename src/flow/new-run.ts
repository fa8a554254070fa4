import { systemClock } from "../base/index.ts";
import { BudgetWatch } from "./budget/budget-watch.ts";
import type { CodePin } from "./code/code-pin.ts";
import { codeOf } from "./code-change.ts";
import { loadFlow, moduleUrl } from "./flow-module.ts";
import { assertPlainName } from "./namespace/namespace-name.ts";
import { startParams } from "./params/start-params.ts";
import type { StartOptions } from "./run-options.ts";
import type { MetadataStore, NewRun } from "./store/metadata-store.ts";
import { withResources } from "./with-resources.ts";

/** Pins the code of a flow's module; a run on one machine is pinned by its version alone. */
export type PinCode = (flowModule: string) => Promise<CodePin>;

/** A run as its flow and the options of its start declare it, on whichever host. @throws argument-invalid, config-invalid */
export async function newRun(options: StartOptions, pinCode?: PinCode): Promise<NewRun> {
  const { exportName = "default", codeVersion, project, resources = {}, firing } = options;
  const flowModule = moduleUrl(options.flowModule);
  const { graph, checkParams } = await loadFlow(flowModule, exportName);
  const params = startParams(graph, options.params ?? {}, checkParams);
  if (project !== undefined) assertPlainName(project, "project");
  const declared = { ...withResources(graph, resources), project: project ?? graph.project };
  const code = codeOf(graph, flowModule, exportName, codeVersion, await pinCode?.(flowModule));
  const { namespace, user, branch, tags } = options;
  return { graph: declared, code, params, labels: { namespace, user, branch, tags }, firing };
}

/** @throws refused when a run of the flow is expected to go beyond a ceiling */
export async function mayStart(metadata: MetadataStore, { graph }: NewRun, options: StartOptions): Promise<void> {
  const { namespace, budgets } = options;
  const place = { project: graph.project, namespace, flow: graph.flow, run: null };
  await new BudgetWatch(budgets, metadata.usage, place, systemClock).mayStart(graph);
}
