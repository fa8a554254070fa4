import { columnOf, type Table } from "../../columns/index.ts";
import type { TaskBlobs, TaskLog } from "../../flow/index.ts";
import {
  type Decision,
  grayZone,
  identityFields,
  judgeGrayZone,
  knownVerdicts,
  type Model,
  noScoredPairs,
  OpenClustering,
  relationalDefaults,
  settleWeights,
  type Verdict,
} from "../../linkage/index.ts";
import { noTeaching } from "../teach/teaching.ts";
import type { ClusteredType, JoinedRecords } from "./clustered.ts";
import type { LinkageState } from "./linkage-state.ts";
import type { LinkageParams } from "./params.ts";
import type { StoredSource } from "./partition-records.ts";
import type { TypePlan } from "./plan-sources.ts";
import { relateTypes } from "./relate-types.ts";
import type { ScoredType } from "./scored.ts";
import { getJson, getTable, putTable } from "./stored-table.ts";
import { weighUnseen } from "./weigh-unseen.ts";

/** Identifiers that the log names; the report has more. */
const distrustedShown = 10;

/** The step `cluster`: joins matched records into entities, type by type, honouring what people decided. */
export async function clusterRecords(
  context: { readonly blobs: TaskBlobs; readonly log: TaskLog },
  { plan, sources, scored }: Pick<LinkageState, "plan" | "sources" | "scored">,
  {
    decisions,
    teaching = noTeaching,
    relatedRounds = relationalDefaults.rounds,
  }: Pick<LinkageParams, "decisions"> & Partial<LinkageParams>,
): Promise<JoinedRecords> {
  const { blobs, log } = context;
  const opened = new Map<string, OpenClustering>();
  const open = (type: ScoredType): Promise<OpenClustering> => {
    const typePlan = plan.types.find((candidate) => candidate.entityType === type.entityType) as TypePlan;
    return openType(blobs, typePlan, sources, type, { decisions, teaching });
  };
  // Only where types speak for each other are all of them held in memory at once.
  if (relatedRounds > 0 && plan.derived.length > 0)
    for (const type of scored) opened.set(type.entityType, await open(type));
  const related = await relateTypes(context, { plan, sources }, opened, relatedRounds);
  const types: ClusteredType[] = [];
  const refusedDecisions: Decision[] = [];
  for (const type of scored) {
    const { entityType } = type;
    const records = opened.get(entityType) ?? (await open(type));
    opened.delete(entityType);
    const joined = records.join(related.get(entityType));
    const found = records.finish(joined, await weighUnseen(blobs, { sources, type }, records, joined));
    // Clusters are numbered from 0 and the table is in their order.
    const clusterCount = (columnOf(found.entities, "cluster", "number").values.at(-1) ?? -1) + 1;
    refusedDecisions.push(...found.refusedDecisions);
    types.push({
      entityType,
      links: await putTable(blobs, found.pairs, `${entityType}-links`),
      entities: await putTable(blobs, found.entities, `${entityType}-entities`),
      clusterCount,
      distrusted: found.distrusted,
    });
    for (const { field, value, records } of found.distrusted.slice(0, distrustedShown))
      log.warn("an identifier is in too many records of a source to be trusted", { field, value, records });
    log.info(`${clusterCount} entities of type ${entityType}`);
  }
  for (const { kind, left, right } of refusedDecisions) log.warn("a decision cannot be kept", { kind, left, right });
  return { types, refusedDecisions };
}

async function openType(
  blobs: TaskBlobs,
  typePlan: TypePlan,
  sources: readonly StoredSource[],
  scored: ScoredType,
  { decisions, teaching }: Pick<LinkageParams, "decisions" | "teaching">,
): Promise<OpenClustering> {
  const model = await getJson<Model>(blobs, scored.model);
  const tables: Table[] = [];
  for (const ref of scored.pairs) tables.push(await getTable(blobs, ref));
  // Without any block there is no shard, and an empty one stands for it.
  if (tables.length === 0) tables.push(noScoredPairs);
  const wanted = new Set(identityFields(typePlan.settings));
  const records: { source: string; table: Table }[] = [];
  for (const source of typePlan.sources) {
    const stored = sources.find(
      (candidate) => candidate.source === source && candidate.entityType === typePlan.entityType,
    );
    for (const batch of stored?.batches ?? []) {
      records.push({
        source,
        table: identityColumns(await getTable(blobs, batch.table), wanted),
      });
    }
  }
  const known = new Set(typePlan.sources);
  const own = decisions.filter(({ left, right }) => known.has(left.source) && known.has(right.source));
  const verdicts = await verdictsOf(tables, model, teaching.verdicts);
  return new OpenClustering({ scored: tables, records, model, decisions: own, verdicts });
}

/** What judges say of the gray zone: what lies outside of it is settled, whatever a file says. */
async function verdictsOf(
  scored: readonly Table[],
  model: Model,
  given: readonly Verdict[],
): Promise<readonly Verdict[]> {
  if (given.length === 0) return [];
  const asked = grayZone(settleWeights(scored, model), model.settings);
  const budget = { pairsMax: Number.POSITIVE_INFINITY, costMax: 0 };
  return (await judgeGrayZone(asked, knownVerdicts(given), budget)).verdicts;
}

/** All that clustering reads of a record; the other columns need not stay in memory. */
function identityColumns(table: Table, wanted: ReadonlySet<string>): Table {
  return { ...table, columns: table.columns.filter(({ name }) => wanted.has(name)) };
}
