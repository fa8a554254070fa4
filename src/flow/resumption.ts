import { KindredError, stableJson } from "../base/index.ts";
import { ownCodeHash } from "./code/own-code.ts";
import { type CodeReach, packCode } from "./code/pack-code.ts";
import { codeChanges, codeOf, type FlowState, isSameCode, keptSteps, mixedCode } from "./code-change.ts";
import { loadFlow, moduleUrl } from "./flow-module.ts";
import type { ResumeOptions, RunResult } from "./run-options.ts";
import type { RunHead } from "./run-record.ts";
import type { ArtifactStore } from "./store/artifact-store.ts";
import type { MetadataStore, RunLease } from "./store/metadata-store.ts";
import { lastArtifact, runResult } from "./task/run-result.ts";
import { withResources } from "./with-resources.ts";

/** What a run goes on as, on whichever host. */
export interface Resumption extends FlowState {
  /** The steps whose results it keeps. */
  readonly kept: ReadonlySet<string>;
}

/** What a resumption is made with. */
export interface ResumptionPlace {
  readonly metadata: MetadataStore;
  readonly artifacts: ArtifactStore;
  readonly reach: CodeReach;
}

/** The run that is to go on: by its number, or the latest. @throws not-found */
export async function readResumed(metadata: MetadataStore, run: string): Promise<RunHead> {
  const newest = run === "latest" ? (await metadata.listRuns({ limit: 1 }))[0]?.run : undefined;
  return metadata.readHead(newest ?? run);
}

/**
 * What a run came to that is done already; null for any other.
 * @throws refused when it is to have the new code, and some of its results are of earlier code
 */
export async function resultOfDone(
  { run, status, code }: RunHead,
  decided: ResumeOptions["code"],
  { metadata, artifacts }: Pick<ResumptionPlace, "metadata" | "artifacts">,
): Promise<RunResult | null> {
  if (status !== "done") return null;
  if (decided !== "new" || code.mixed === undefined)
    return runResult(run, await lastArtifact(run, metadata), artifacts);
  throw new KindredError("refused", {
    seen: `the run is done, and of ${code.mixed.join(", ")} some results are of earlier code`,
    expected: "a run that still has something to do, for --code new",
    hint: "Start a new run: nothing of this one goes on",
    where: { run },
  });
}

/**
 * A run as the code that was decided for and the options of its resume declare it: with the resources that it had, as long as its
 * code is the same. @throws refused when the code changed and nothing was decided, argument-invalid
 */
export async function resumptionOf(
  head: RunHead,
  options: ResumeOptions,
  { metadata, artifacts, reach }: ResumptionPlace,
): Promise<Resumption> {
  const { resources = {} } = options;
  const place = ({ graph, code, kept }: Resumption): Resumption => ({
    graph: { ...withResources(graph, resources), project: head.graph.project },
    code,
    kept,
  });
  if (options.code === "old") return place(oldCode(head, options, reach));
  const here = await codeHere(head, options, artifacts, reach);
  if (isSameCode(head.code, here.code)) {
    const { mixed } = head.code;
    const code = mixed === undefined ? here.code : { ...here.code, mixed };
    return place({ graph: head.graph, code, kept: allSteps(head) });
  }
  if (options.code === undefined) throw undecided(head, here);
  if (options.code === "new") return place({ ...here, kept: keptSteps(head, here, "unreached") });
  const code = mixedCode(head, here, await stepsWithResults(metadata, head.run));
  return place({ graph: here.graph, code, kept: keptSteps(head, here, "same meaning") });
}

async function stepsWithResults(metadata: MetadataStore, run: string): Promise<ReadonlySet<string>> {
  const steps = await metadata.readSteps(run);
  const begun = steps.filter(({ tasks, width, artifact }) => tasks.done + tasks.caught > 0 || width === 0 || artifact);
  return new Set(begun.map(({ step }) => step));
}

/** Writes down what the run goes on as, where that is not what it was. */
export async function keepResumption(
  metadata: MetadataStore,
  lease: RunLease,
  head: RunHead,
  { graph, code, kept }: Resumption,
): Promise<void> {
  if (stableJson([graph, code]) === stableJson([head.graph, head.code])) return;
  await metadata.replaceCode(lease, graph, code, kept);
}

async function codeHere(
  head: RunHead,
  options: ResumeOptions,
  store: ArtifactStore,
  reach: CodeReach,
): Promise<FlowState> {
  const { exportName } = head.code;
  const flowModule = options.flowModule === undefined ? head.code.flowModule : moduleUrl(options.flowModule);
  const flow = await loadFlow(flowModule, exportName);
  const pin = await packCode(flowModule, flow.code, store, reach);
  return { graph: flow.graph, code: codeOf(flow.graph, flowModule, exportName, options.codeVersion, pin) };
}

/** The run as it was; its code comes from its package where the files of the flow are others now. */
function oldCode(head: RunHead, { codeVersion }: ResumeOptions, reach: CodeReach): Resumption {
  const { code } = head;
  if (code.pin === undefined || code.codeVersion !== codeVersion) {
    throw new KindredError("refused", {
      seen: `the code that the run began with is not here: it was written for version ${code.codeVersion} of Kindred, here is ${codeVersion}`,
      hint: `Install that version, or decide for another code: kindred resume ${head.run} --code new`,
      where: { run: head.run },
    });
  }
  const kindred = reach === "all machines" ? (code.pin.kindred ?? ownCodeHash()) : code.pin.kindred;
  return { graph: head.graph, code: { ...code, pin: { ...code.pin, kindred } }, kept: allSteps(head) };
}

function allSteps({ graph }: RunHead): ReadonlySet<string> {
  return new Set(graph.steps.map(({ name }) => name));
}

/** Says what changed, and what there is to decide. */
function undecided(head: RunHead, here: FlowState): KindredError {
  const changes = codeChanges(head, here);
  const kept = keptSteps(head, here, "unreached");
  const reached = here.graph.steps.map(({ name }) => name).filter((name) => !kept.has(name));
  const again = reached.length === 0 ? "which reaches no step" : `which runs ${reached.join(", ")} again`;
  return new KindredError("refused", {
    seen: `the code changed since the run began: ${changes.join("; ")}`,
    expected: "a decision which code it is to go on with",
    hint: [
      `Resume it with --code new (the code here, ${again})`,
      "--code old (the code that it began with)",
      "--code mixed (the code here for what is left; every finished task of a step that is still there keeps its result)",
      "or start a new run",
    ].join(", "),
    where: { run: head.run },
  });
}
