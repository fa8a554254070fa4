import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { KindredError, systemClock } from "../../base/index.ts";
import { homePaths } from "../home/home-paths.ts";
import { type HomeStores, withHomeStores } from "../home/home-stores.ts";
import { draftRun, mayStart } from "../new-run.ts";
import { keepResumption, readResumed, resultOfDone, resumptionOf } from "../resumption.ts";
import type { HostOptions, ResumeOptions, RunResult, StartOptions } from "../run-options.ts";
import type { StepGraph } from "../step-graph.ts";
import type { LeaseClaim, RunLease } from "../store/metadata-store.ts";
import { lastArtifact, runResult } from "../task/run-result.ts";
import { RunTracer } from "../telemetry/run-tracer.ts";
import { Admission, assertFits, type Capacity, hostCapacity, readHostConfig } from "../workers/admission/index.ts";
import { Session } from "./session/session.ts";

/** What a session of a run is begun with. */
interface Home extends HomeStores {
  readonly options: HostOptions;
}

/** Runs a flow on this machine: see `startRun` of hosts.ts. */
export async function startRun(options: StartOptions): Promise<RunResult> {
  assertHostOptions(options);
  const draft = await draftRun(options);
  const capacity = fittingCapacity(draft.graph, options);
  return withHome(options, async (home) => {
    await mayStart(home.metadata, draft, options);
    const run = await draft.pinned(home.artifacts, "this machine");
    return carryOn(home, await home.metadata.createRun(run, claim(options)), capacity, false);
  });
}

/** Goes on with a run on this machine: see `resumeRun` of hosts.ts. */
export async function resumeRun(options: ResumeOptions): Promise<RunResult> {
  assertHostOptions(options);
  return withHome(options, async (home) => {
    const { metadata, artifacts } = home;
    const head = await readResumed(metadata, options.run);
    const { run } = head;
    const done = await resultOfDone(head, options.code, { metadata, artifacts });
    if (done !== null) return done;
    const resumption = await resumptionOf(head, options, { metadata, artifacts, reach: "this machine" });
    const capacity = fittingCapacity(resumption.graph, options);
    const lease = await metadata.claimRun(run, claim(options));
    if (lease === null) return runResult(run, await lastArtifact(run, metadata), artifacts);
    await keepResumption(metadata, lease, head, resumption);
    return carryOn(home, lease, capacity, true);
  });
}

async function carryOn(home: Home, lease: RunLease, capacity: Capacity, resumed: boolean): Promise<RunResult> {
  const { metadata, artifacts, options } = home;
  const record = await metadata.readHead(lease.run);
  const past = await metadata.readPast(lease.run);
  const steps = record.graph.steps.map(({ name }) => name);
  const tracer = await RunTracer.open();
  const started = { type: "run-started", run: lease.run, flow: record.flow, resumed, steps } as const;
  tracer?.note(started);
  options.onEvent?.(started);
  const session = new Session({
    ...{ lease, record, past, metadata, artifacts, options, tracer },
    admission: new Admission(homePaths(options.home).admission, capacity, systemClock),
    clock: systemClock,
  });
  return runResult(lease.run, await session.run(), artifacts);
}

/** What this host has for the run. @throws refused when a step declares more, config-invalid */
function fittingCapacity(graph: StepGraph, options: HostOptions): Capacity {
  const home = resolve(options.home);
  const capacity = hostCapacity(home, readHostConfig(home), options.workers);
  assertFits(graph, capacity, home);
  return capacity;
}

function withHome<T>(options: HostOptions, work: (home: Home) => Promise<T>): Promise<T> {
  const home = resolve(options.home);
  return withHomeStores(home, options, (stores) => work({ ...stores, options: { ...options, home } }));
}

function assertHostOptions({ workers }: HostOptions): void {
  if (Number.isInteger(workers) && workers >= 1 && workers <= 1_024) return;
  throw new KindredError("argument-invalid", { seen: `${workers} workers`, expected: "a whole number from 1 to 1024" });
}

function claim({ productionToken }: HostOptions): LeaseClaim {
  const holder = { kind: "process", pid: process.pid, hostName: hostname() } as const;
  return { owner: randomUUID(), holder, productionToken };
}
