import { isAbsolute, resolve } from "node:path";
import { assertOutputWritable, KindredError } from "../../base/index.ts";
import {
  type Budgets,
  type RunEvent,
  type RunLabels,
  type RunResult,
  type StorePlaces,
  startRun,
  type TemporalPlace,
  withRuns,
} from "../../flow/index.ts";
import type { Decision } from "../../linkage/index.ts";
import { checkSourceNames, type PlanDescription } from "../../records/index.ts";
import { describeSources } from "./describe-sources.ts";
import { writeHandedOver } from "./handed-over.ts";
import { defaultLinkageParams, type LinkageParams } from "./params.ts";
import type { LinkagePlan } from "./plan-sources.ts";
import type { PlannedPairs } from "./planned-pairs.ts";
import type { PlannedPreview } from "./preview.ts";
import type { Published } from "./publish-linkage.ts";
import { openLinkage } from "./published-linkage.ts";

/** How and where a pipeline runs, whatever it does. */
export interface PipelineHost extends RunLabels, StorePlaces {
  /** The cluster that runs it, in place of this machine. */
  readonly temporal?: TemporalPlace | undefined;
  /** Where secrets that steps name are looked up. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** The folder of runs and artifacts. */
  readonly home: string;
  readonly workers: number;
  readonly codeVersion: string;
  readonly onEvent?: (event: RunEvent) => void;
  /** The project of the run, in place of the one that its flow names. */
  readonly project?: string | undefined;
  /** Ceilings of what runs use. */
  readonly budgets?: Budgets | undefined;
  /** The right to run in the namespace `prod`. */
  readonly productionToken?: string | undefined;
  readonly signal?: AbortSignal;
}

/** What a linkage published, and by which run. */
export interface LinkageResult extends Published {
  readonly run: string;
}

/** Sources that one linkage may have. */
const sourcesMax = 9;

/** The module that workers load the flows from: `.ts` in the repository, `.js` in the package. */
export const flowModule = new URL(`./flow${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/**
 * Links sources and publishes the result to the folder `params.out`, as the data set `params.dataSet`, or both.
 * @throws the input errors of sources and config, output-refused, run-failed (resumable), interrupted
 */
export async function runLinkage(
  params: Partial<LinkageParams> & Pick<LinkageParams, "sources" | "out">,
  host: PipelineHost,
): Promise<LinkageResult> {
  const complete = checkedParams({ ...defaultLinkageParams, ...params });
  if (complete.out !== "") await assertOutputWritable(complete.out);
  const threads = { cpu: complete.threads };
  const result = await startRun({
    ...{ ...host, flowModule, exportName: "linkageFlow", params: { ...complete, handOver: isElsewhere(host) } },
    resources: { count: threads, match: threads },
  });
  return published(result, host);
}

function checkedParams(params: LinkageParams): LinkageParams {
  checkSourceNames(params.sources);
  if (params.sources.length === 0 || params.sources.length > sourcesMax) {
    throw new KindredError("argument-invalid", {
      seen: `${params.sources.length} sources`,
      expected: `1 to ${sourcesMax}`,
    });
  }
  if (!params.graph && params.documents.length > 0) {
    throw new KindredError("argument-invalid", {
      seen: "documents, and no graph that their claims could join",
      expected: "documents or no graph, and not both",
    });
  }
  if (params.out === "" && params.dataSet === "") {
    throw new KindredError("argument-invalid", {
      seen: "neither a folder nor a data set to publish",
      expected: "--out FOLDER, --dataset NAME, or both",
    });
  }
  if (params.out !== "" && !isAbsolute(params.out))
    throw new KindredError("internal", { seen: `the output "${params.out}" is not absolute` });
  return { ...params, sources: params.sources.map((source) => ({ ...source, path: resolve(source.path) })) };
}

/** What planning found, before any pair was scored. */
export interface PlanResult {
  readonly run: string;
  readonly types: readonly PlannedType[];
  readonly sources: readonly PlanDescription[];
}

/** The pairs that the rules of one entity type will make. */
export interface PlannedType {
  readonly entityType: string;
  readonly recordCount: number;
  readonly plan: PlannedPairs;
  /** What linking a sample foretells. */
  readonly preview: PlannedPreview;
}

/** Reads and cuts the sources and says what linking them would do, without scoring a pair or writing a result. */
export async function runPlan(
  params: Partial<LinkageParams> & Pick<LinkageParams, "sources" | "out">,
  host: PipelineHost,
): Promise<PlanResult> {
  const complete = checkedParams({ ...defaultLinkageParams, ...params });
  const result = await startRun({ ...host, flowModule, exportName: "planFlow", params: { ...complete } });
  const plan = (await withRuns(host.home, host, (runs) => runs.artifact(result.run, "plan"))) as LinkagePlan;
  return { run: result.run, sources: describeSources(plan), types: result.artifact as PlannedType[] };
}

/** Clusters a published linkage again under the decisions that hold now, and publishes the result in its place. */
export async function runDecide(
  out: string,
  decisions: readonly Decision[],
  host: PipelineHost,
): Promise<LinkageResult> {
  const { params } = await openLinkage(out);
  const result = await startRun({
    ...host,
    flowModule,
    exportName: "decideFlow",
    params: { ...params, out, decisions, dataSet: "", handOver: isElsewhere(host) },
  });
  return published(result, host);
}

/** Whether the run is on other machines than the one that is to have its folder. */
function isElsewhere({ temporal }: PipelineHost): boolean {
  return temporal !== undefined;
}

async function published({ run, artifact }: RunResult, host: PipelineHost): Promise<LinkageResult> {
  const result = { run, ...(artifact as Published) };
  await writeHandedOver(result, host);
  return result;
}
