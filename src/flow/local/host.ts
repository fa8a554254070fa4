import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { KindredError, stableJson, systemClock } from "../../base/index.ts";
import { BudgetWatch } from "../budget/budget-watch.ts";
import { codeChanges, codeOf, sameSteps } from "../code-change.ts";
import { loadFlow, moduleUrl } from "../flow-module.ts";
import { assertPlainName } from "../namespace/namespace-name.ts";
import { startParams } from "../params/start-params.ts";
import type { HostOptions, ResumeOptions, RunResult, StartOptions } from "../run-options.ts";
import type { RunCode, RunHead, StoredArtifact } from "../run-record.ts";
import type { StepGraph } from "../step-graph.ts";
import type { LeaseClaim, MetadataStore, RunLease } from "../store/metadata-store.ts";
import { openArtifacts } from "../store/open-artifacts.ts";
import { loadArtifact } from "../task/artifact-view.ts";
import { RunTracer } from "../telemetry/run-tracer.ts";
import { withResources } from "../with-resources.ts";
import { Admission, assertFits, type Capacity, hostCapacity, readHostConfig } from "./admission/index.ts";
import { homePaths } from "./home.ts";
import { homeArtifacts, openHomeMetadata } from "./home-stores.ts";
import { Session } from "./session/session.ts";

/** See the door of this room. */
export async function startRun(options: StartOptions): Promise<RunResult> {
  assertHostOptions(options);
  const flowModule = moduleUrl(options.flowModule);
  const exportName = options.exportName ?? "default";
  const { graph, checkParams } = await loadFlow(flowModule, exportName);
  const params = startParams(graph, options.params ?? {}, checkParams);
  const code = codeOf(graph, flowModule, exportName, options.codeVersion);
  const declared = ownGraph(graph, options);
  const capacity = fittingCapacity(declared, options);
  return withStore(options, async (metadata) => {
    await mayStart(metadata, declared, options);
    const lease = await metadata.createRun(
      { graph: declared, code, params, labels: labelsOf(options), firing: options.firing },
      claim(options),
    );
    return carryOn(metadata, lease, options, capacity, false);
  });
}

/** See the door of this room. */
export async function resumeRun(options: ResumeOptions): Promise<RunResult> {
  assertHostOptions(options);
  return withStore(options, async (metadata) => {
    const run = options.run === "latest" ? ((await metadata.listRuns({ limit: 1 }))[0]?.run ?? "latest") : options.run;
    const record = await metadata.readHead(run);
    if (record.status === "done") {
      const steps = await metadata.readSteps(run);
      return doneResult(options, record.run, steps.at(-1)?.artifact ?? null);
    }
    const { exportName } = record.code;
    const flowModule = options.flowModule === undefined ? record.code.flowModule : moduleUrl(options.flowModule);
    const { graph } = await loadFlow(flowModule, exportName);
    const code = codeOf(graph, flowModule, exportName, options.codeVersion);
    assertSameCode(record, graph, code, options);
    const { project } = record.graph;
    const declared = { ...withResources(resumedGraph(record, graph, code), options.resources ?? {}), project };
    const capacity = fittingCapacity(declared, options);
    const lease = await metadata.claimRun(run, claim(options));
    if (stableJson([declared, code]) !== stableJson([record.graph, record.code])) {
      await metadata.replaceCode(lease, declared, code, sameSteps(record.graph, declared));
    }
    return carryOn(metadata, lease, options, capacity, true);
  });
}

async function carryOn(
  metadata: MetadataStore,
  lease: RunLease,
  options: HostOptions,
  capacity: Capacity,
  resumed: boolean,
): Promise<RunResult> {
  const home = resolve(options.home);
  const artifacts = await openArtifacts(homeArtifacts(home, options));
  const record = await metadata.readHead(lease.run);
  const past = await metadata.readPast(lease.run);
  const steps = record.graph.steps.map(({ name }) => name);
  const tracer = await RunTracer.open();
  const started = { type: "run-started", run: lease.run, flow: record.flow, resumed, steps } as const;
  tracer?.note(started);
  options.onEvent?.(started);
  const session = new Session({
    lease,
    record,
    past,
    metadata,
    artifacts,
    admission: new Admission(homePaths(home).admission, capacity, systemClock),
    options: { ...options, home },
    clock: systemClock,
    tracer,
  });
  return doneResult(options, lease.run, await session.run());
}

/** The graph with the resources that the run has, as long as its code is the same. */
function resumedGraph(record: RunHead, graph: StepGraph, code: RunCode): StepGraph {
  return code.codeHash === record.code.codeHash ? record.graph : graph;
}

/** What this host has for the run. @throws refused when a step declares more, config-invalid */
function fittingCapacity(graph: StepGraph, options: HostOptions): Capacity {
  const home = resolve(options.home);
  const capacity = hostCapacity(home, readHostConfig(home), options.workers);
  assertFits(graph, capacity, home);
  return capacity;
}

async function doneResult(options: HostOptions, run: string, last: StoredArtifact | null): Promise<RunResult> {
  const artifacts = await openArtifacts(homeArtifacts(options.home, options));
  return { run, status: "done", artifact: last === null ? null : JSON.parse(await loadArtifact(last, artifacts)) };
}

async function withStore<T>(options: HostOptions, work: (metadata: MetadataStore) => Promise<T>): Promise<T> {
  const metadata = await openHomeMetadata(options.home, options);
  try {
    return await work(metadata);
  } finally {
    await metadata.close();
  }
}

function assertHostOptions({ workers }: HostOptions): void {
  if (Number.isInteger(workers) && workers >= 1 && workers <= 1_024) return;
  throw new KindredError("argument-invalid", { seen: `${workers} workers`, expected: "a whole number from 1 to 1024" });
}

/** Refuses code that is not what the run began with, unless that is allowed. @throws refused */
export function assertSameCode(record: RunHead, graph: StepGraph, code: RunCode, options: ResumeOptions): void {
  if (code.codeHash === record.code.codeHash || options.allowCodeChange === true) return;
  const changes = codeChanges(record.graph, graph, record.code.codeVersion, code.codeVersion);
  throw new KindredError("refused", {
    seen: `the code changed since the run began: ${changes.join("; ")}`,
    expected: `code ${record.code.codeHash.slice(0, 12)}, here is ${code.codeHash.slice(0, 12)}`,
    hint: "Resume with the code it began with, start a new run, or allow the change: unchanged leading steps are then kept",
    where: { run: record.run },
  });
}

/** Whose run it is, as the metadata keeps it. */
export function labelsOf({ namespace, user, branch, tags }: StartOptions): object {
  return { namespace, user, branch, tags };
}

/** @throws refused when a run of the flow is expected to go beyond a ceiling */
export async function mayStart(metadata: MetadataStore, graph: StepGraph, options: StartOptions): Promise<void> {
  const { namespace, budgets } = options;
  const place = { project: graph.project, namespace, flow: graph.flow, run: null };
  await new BudgetWatch(budgets, metadata.usage, place, systemClock).mayStart(graph);
}

/** The graph as this run has it: with its own resources, in its own project. */
export function ownGraph(graph: StepGraph, { resources, project }: StartOptions): StepGraph {
  if (project !== undefined) assertPlainName(project, "project");
  return { ...withResources(graph, resources ?? {}), project: project ?? graph.project };
}

function claim({ productionToken }: HostOptions): LeaseClaim {
  const holder = { kind: "process", pid: process.pid, hostName: hostname() } as const;
  return { owner: randomUUID(), holder, productionToken };
}
