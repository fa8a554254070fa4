import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorToJson, KindredError, stableJson } from "../../../base/index.ts";
import { packCode } from "../../code/pack-code.ts";
import { codeOf, sameSteps } from "../../code-change.ts";
import { loadFlow, moduleUrl } from "../../flow-module.ts";
import { homeArtifacts } from "../../local/home-stores.ts";
import { assertSameCode, labelsOf, mayStart, ownGraph } from "../../local/host.ts";
import { startParams } from "../../params/start-params.ts";
import type { HostOptions, ResumeOptions, RunResult, StartOptions } from "../../run-options.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import type { LeaseClaim, MetadataStore, RunLease } from "../../store/metadata-store.ts";
import { openArtifacts } from "../../store/open-artifacts.ts";
import { openMetadata } from "../../store/open-metadata.ts";
import { loadArtifact } from "../../task/artifact-view.ts";
import { leaseMs } from "../lease-time.ts";
import { defaultPrefix, runWorkflowId } from "../names.ts";
import type { TemporalPlace } from "../temporal-place.ts";
import { withClient } from "./connect.ts";
import { followRun } from "./follow-run.ts";

interface Cluster {
  readonly metadata: MetadataStore;
  readonly artifacts: ArtifactStore;
  readonly temporal: TemporalPlace;
  readonly options: HostOptions;
}

/** See the door of the room. */
export async function startOnCluster(options: StartOptions): Promise<RunResult> {
  const flowModule = moduleUrl(options.flowModule);
  const exportName = options.exportName ?? "default";
  const { graph, checkParams } = await loadFlow(flowModule, exportName);
  const params = startParams(graph, options.params ?? {}, checkParams);
  return withCluster(options, async (cluster) => {
    const pin = await packCode(flowModule, cluster.artifacts);
    const code = codeOf(graph, flowModule, exportName, options.codeVersion, pin);
    const { firing } = options;
    const run = { graph: ownGraph(graph, options), code, params, labels: labelsOf(options), firing };
    await mayStart(cluster.metadata, run.graph, options);
    const owner = randomUUID();
    // The id of the workflow names the run, whose number is given only now.
    const lease = await cluster.metadata.createRun(run, claimOf(owner, `run of ${owner.slice(0, 8)}`, options));
    return carryOn(cluster, lease, false);
  });
}

/** See the door of the room. */
export async function resumeOnCluster(options: ResumeOptions): Promise<RunResult> {
  return withCluster(options, async (cluster) => {
    const { metadata, artifacts, temporal } = cluster;
    const run = options.run === "latest" ? ((await metadata.listRuns({ limit: 1 }))[0]?.run ?? "latest") : options.run;
    const head = await metadata.readHead(run);
    if (head.status === "done") return resultOf(cluster, run);
    const flowModule = options.flowModule === undefined ? head.code.flowModule : moduleUrl(options.flowModule);
    const loaded = await loadFlow(flowModule, head.code.exportName);
    const graph = { ...loaded.graph, project: head.graph.project };
    const pin = await packCode(flowModule, artifacts);
    const code = codeOf(graph, flowModule, head.code.exportName, options.codeVersion, pin);
    assertSameCode(head, graph, code, options);
    const owner = randomUUID();
    const claim = claimOf(owner, runWorkflowId(temporal.prefix ?? defaultPrefix, run, owner), options);
    const lease = await claimed(cluster, run, claim);
    if (stableJson(code) !== stableJson(head.code)) {
      await metadata.replaceCode(lease, graph, code, sameSteps(head.graph, graph));
    }
    return carryOn(cluster, lease, true);
  });
}

async function carryOn(cluster: Cluster, lease: RunLease, resumed: boolean): Promise<RunResult> {
  const { temporal, options, metadata } = cluster;
  await withClient(temporal, (client) => followRun({ client, metadata, lease, resumed, temporal, options }));
  return resultOf(cluster, lease.run);
}

async function resultOf({ metadata, artifacts }: Cluster, run: string): Promise<RunResult> {
  const last = (await metadata.readSteps(run)).at(-1)?.artifact ?? null;
  return { run, status: "done", artifact: last === null ? null : JSON.parse(await loadArtifact(last, artifacts)) };
}

/** Waits for the lease of a workflow that is gone to run out; a run that somebody holds on to stays locked. */
async function claimed({ metadata }: Cluster, run: string, claim: LeaseClaim): Promise<RunLease> {
  const beganMs = performance.now();
  for (;;) {
    try {
      return await metadata.claimRun(run, claim);
    } catch (error) {
      const { holder } = await metadata.readHead(run);
      const isLocked = errorToJson(error).code === "run-locked" && holder?.kind === "workflow";
      if (!isLocked || performance.now() - beganMs > leaseMs / 4) throw error;
      await sleep(500);
    }
  }
}

async function withCluster<T>(options: HostOptions, work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const { temporal, metadata: url, artifacts: place } = options;
  if (temporal === undefined || url === undefined || place === undefined) throw noStores();
  const metadata = await openMetadata(url);
  try {
    const artifacts = await openArtifacts(homeArtifacts(resolve(options.home), options));
    return await work({ metadata, artifacts, temporal, options });
  } finally {
    await metadata.close();
  }
}

/** The token stays with this process: what the cluster's workers do for the run they do under its lease. */
function claimOf(owner: string, workflowId: string, { productionToken }: HostOptions): LeaseClaim {
  return { owner, holder: { kind: "workflow", workflowId }, leaseMs, productionToken };
}

function noStores(): KindredError {
  return new KindredError("config-invalid", {
    seen: "a run on Temporal without stores that all its machines reach",
    expected: "KINDRED_METADATA=postgres://USER@HOST/DATABASE and KINDRED_ARTIFACTS=s3://BUCKET/PREFIX",
    hint: "docs/guide/cluster.md sets a cluster up from zero",
  });
}
