import { KindredError } from "../../base/index.ts";
import {
  checkGates,
  type DataSets,
  type DataSetVersion,
  defaultProject,
  type GateOutcome,
  productionNamespace,
} from "../../flow/index.ts";
import type { Project } from "../project/project-schema.ts";
import { compareVersions, type VersionComparison } from "./compare-versions.ts";

/** What is to go into production. */
export interface PromoteRequest {
  readonly run: string;
  /** Data sets of the run; all of them when empty. */
  readonly only: readonly string[];
  readonly project: Project;
  readonly token: string | undefined;
  readonly by: string | null;
  readonly reason: string | null;
  /** Shows what would be and changes nothing; needs no token. */
  readonly dryRun: boolean;
  /** Called with each difference while both versions can be read. */
  onCompared(promotion: DataSetPromotion, comparison: VersionComparison): Promise<void>;
}

/** What promoting a data set of the run comes to. */
export interface DataSetPromotion {
  readonly name: string;
  /** The version that is published now; null when there is none. */
  readonly from: number | null;
  readonly kind: string;
  readonly figures: VersionComparison["figures"];
  readonly gates: readonly GateOutcome[];
}

/** What a promote did, or would do. */
export interface PromoteResult {
  readonly run: string;
  readonly project: string;
  readonly dataSets: readonly DataSetPromotion[];
  /** Whether every gate let it through. */
  readonly isAllowed: boolean;
  /** What is published now; empty when nothing was changed. */
  readonly published: readonly DataSetVersion[];
}

/**
 * Brings what a run made into production: the difference to what is there, the gates of the project, then all of it in one step.
 * What the gates refuse is put on record.
 * @throws refused without a token, when a gate does not let it through, or when production changed meanwhile; not-found when
 * the run made none of the data sets
 */
export async function promoteRun(dataSets: DataSets, request: PromoteRequest): Promise<PromoteResult> {
  const project = (await dataSets.run(request.run)).project ?? defaultProject;
  if (request.project.name !== undefined && request.project.name !== project) {
    throw new KindredError("refused", {
      seen: `the run is one of project "${project}"`,
      expected: `one of "${request.project.name}", whose gates kindred.yaml declares`,
      where: { run: request.run },
    });
  }
  const compared = await comparedDataSets(dataSets, request, project);
  const failed = compared.flatMap(({ name, gates }) =>
    gates.filter(({ passed }) => !passed).map((gate) => ({ name, ...gate })),
  );
  const result = { run: request.run, project, dataSets: compared, isAllowed: failed.length === 0, published: [] };
  if (request.dryRun) return result;
  const { run, token, by, reason } = request;
  if (failed.length > 0) {
    await dataSets.store.recordRefusal(project, run, by, { reason, dataSets: compared });
    throw refusal(run, failed);
  }
  const wanted = compared.map(({ name, from, ...detail }) => ({ name, expected: from, detail: { reason, ...detail } }));
  return { ...result, published: await dataSets.store.promote({ project, token, by, run, dataSets: wanted }) };
}

async function comparedDataSets(
  dataSets: DataSets,
  { run, only, project: declared, onCompared }: PromoteRequest,
  project: string,
): Promise<DataSetPromotion[]> {
  const outputs = await dataSets.store.outputs(run);
  const asked = only.length === 0 ? outputs.map(({ name }) => name) : [...new Set(only)];
  if (asked.length === 0) throw nothingMade(run);
  const heads = await dataSets.store.versions({ project, namespace: productionNamespace });
  const compared: DataSetPromotion[] = [];
  for (const name of asked) {
    const output = outputs.find((each) => each.name === name);
    if (output === undefined) throw nothingMade(run, name);
    const head = heads.find((each) => each.name === name && each.isHead) ?? null;
    const { gates = {}, truth } = declared.dataSets[name] ?? {};
    const versions = { before: head?.manifest ?? null, after: output.manifest };
    const promotion = await compareVersions(dataSets, versions, truth, async (comparison) => {
      const { kind, figures } = comparison;
      const found = { name, from: head?.version ?? null, kind, figures, gates: checkGates(gates, figures) };
      await onCompared(found, comparison);
      return found;
    });
    compared.push(promotion);
  }
  return compared;
}

function nothingMade(run: string, name?: string): KindredError {
  return new KindredError("not-found", {
    seen: name === undefined ? "the run made no data set" : `the run made no data set "${name}"`,
    expected: "a run that publishes one, such as kindred link --dataset NAME",
    where: { run },
  });
}

function refusal(run: string, failed: readonly (GateOutcome & { readonly name: string })[]): KindredError {
  const texts = failed.map(({ name, gate, bound, seen, figure }) =>
    seen === null
      ? `${name}: ${gate} ${bound}, and ${figure} is not known`
      : `${name}: ${gate} ${bound}, and ${figure} is ${seen}`,
  );
  return new KindredError("refused", {
    seen: `gates do not let it into production: ${texts.join("; ")}`,
    expected: "figures within what kindred.yaml declares",
    hint: `kindred promote ${run} --dry-run shows the difference`,
    where: { run },
  });
}
