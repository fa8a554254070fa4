import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@temporalio/client";
import { errorToJson, KindredError } from "../../../base/index.ts";
import { putFreshly } from "../../collect/put-freshly.ts";
import { areShared, withHomeStores } from "../../home/home-stores.ts";
import { storeInputs } from "../../inputs/store-inputs.ts";
import { draftRun, mayStart } from "../../new-run.ts";
import { keepResumption, readResumed, resultOfDone, resumptionOf } from "../../resumption.ts";
import type { HostOptions, ResumeOptions, RunResult, StartOptions } from "../../run-options.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import type { LeaseClaim, MetadataStore, RunLease } from "../../store/metadata-store.ts";
import { lastArtifact, runResult } from "../../task/run-result.ts";
import { leaseMs } from "../lease-time.ts";
import { defaultPrefix, firstHolderId, runWorkflowId } from "../names.ts";
import type { TemporalPlace } from "../temporal-place.ts";
import { withClient } from "./connect.ts";
import { followRun } from "./follow-run.ts";

interface Cluster {
  readonly client: Client;
  readonly metadata: MetadataStore;
  readonly artifacts: ArtifactStore;
  readonly temporal: TemporalPlace;
  readonly options: HostOptions;
}

/** Runs a flow on the workers of a cluster: see `startRun` of hosts.ts. */
export async function startOnCluster(options: StartOptions): Promise<RunResult> {
  return withCluster(options, async (cluster) => {
    const { metadata, artifacts } = cluster;
    const draft = await draftRun(options);
    await mayStart(metadata, draft, options);
    const run = await putFreshly(async () => {
      const pinned = await draft.pinned(artifacts, "all machines");
      return { ...pinned, inputs: await storeInputs(pinned.graph, pinned.params, artifacts) };
    });
    const owner = randomUUID();
    const lease = await metadata.createRun(run, claimOf(owner, firstHolderId(owner), options));
    return carryOn(cluster, lease, false);
  });
}

/** Goes on with a run on the workers of a cluster: see `resumeRun` of hosts.ts. */
export async function resumeOnCluster(options: ResumeOptions): Promise<RunResult> {
  return withCluster(options, async (cluster) => {
    const { metadata, artifacts, temporal } = cluster;
    const head = await readResumed(metadata, options.run);
    const { run } = head;
    const done = await resultOfDone(head, options.code, { metadata, artifacts });
    if (done !== null) return done;
    const resumption = await resumptionOf(head, options, { metadata, artifacts, reach: "all machines" });
    const owner = randomUUID();
    const claim = claimOf(owner, runWorkflowId(temporal.prefix ?? defaultPrefix, run, owner), options);
    const lease = await claimed(cluster, run, claim);
    if (lease === null) return runResult(run, await lastArtifact(run, metadata), artifacts);
    await keepResumption(metadata, lease, head, resumption);
    return carryOn(cluster, lease, true);
  });
}

async function carryOn(cluster: Cluster, lease: RunLease, resumed: boolean): Promise<RunResult> {
  const { metadata, artifacts } = cluster;
  await followRun({ ...cluster, lease, resumed });
  return runResult(lease.run, await lastArtifact(lease.run, metadata), artifacts);
}

/** A workflow that is coming to its end lets go of its run within so long; one that died has it until its lease runs out. */
const letGoMs = 5_000;

/** Waits for a workflow that is about to let go of its run. @throws run-locked when it does not, or somebody else has the run */
async function claimed({ metadata }: Cluster, run: string, claim: LeaseClaim): Promise<RunLease | null> {
  const beganMs = performance.now();
  for (;;) {
    try {
      return await metadata.claimRun(run, claim);
    } catch (error) {
      if (errorToJson(error).code !== "run-locked" || performance.now() - beganMs > letGoMs) throw error;
      if ((await metadata.readHead(run)).holder?.kind !== "workflow") throw error;
      await sleep(500);
    }
  }
}

async function withCluster<T>(options: HostOptions, work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const { temporal } = options;
  if (temporal === undefined || !areShared(options)) throw noStores();
  return withHomeStores(options.home, options, ({ metadata, artifacts }) => {
    // Before a run is made: one that no server has heard of would be left behind.
    return withClient(temporal, (client) => work({ client, metadata, artifacts, temporal, options }));
  });
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
