import { Buffer } from "node:buffer";
import { columnOf, type Table, textAt } from "../../columns/index.ts";
import type { BlobRef, TaskBlobs, TaskLog } from "../../flow/index.ts";
import { cluster, type Clustering, type Decision, type Model } from "../../linkage/index.ts";
import { idColumn } from "../../records/index.ts";
import type { StoredSource } from "./partition-records.ts";
import type { LinkagePlan, TypePlan } from "./plan-sources.ts";
import { pairFiles } from "./result-files.ts";
import type { ScoredType } from "./scored.ts";
import { getJson, getTable, putTable } from "./stored-table.ts";

/** What clustering found of one entity type. */
export interface ClusteredType {
  readonly entityType: string;
  /** Every kept pair with its outcome and reason. */
  readonly links: BlobRef;
  /** `cluster`, `source`, `id`: every record once, those of people named by works too. */
  readonly entities: BlobRef;
  readonly clusterCount: number;
}

/** What the step `cluster` gives: tables by type, and the files of pairs. */
export interface Clustered {
  readonly types: readonly ClusteredType[];
  readonly files: { readonly matches: BlobRef; readonly review: BlobRef };
  readonly counts: { readonly matches: number; readonly review: number };
}

/** The step `cluster`: joins matched records into entities, type by type, honouring what people decided. */
export async function clusterRecords(
  context: { readonly blobs: TaskBlobs; readonly log: TaskLog },
  plan: LinkagePlan,
  sources: readonly StoredSource[],
  scored: readonly ScoredType[],
  decisions: readonly Decision[],
): Promise<Clustered> {
  const { blobs, log } = context;
  const declared = new Set(plan.sources.map((source) => source.source));
  const types: ClusteredType[] = [];
  const pairTables: Table[] = [];
  for (const type of scored) {
    const typePlan = plan.types.find((candidate) => candidate.entityType === type.entityType) as TypePlan;
    const found = await clusterType(blobs, typePlan, sources, type, decisions);
    const clusterCount = new Set(columnOf(found.entities, "cluster", "number").values).size;
    pairTables.push(found.pairs);
    types.push({
      entityType: type.entityType,
      links: await putTable(blobs, found.pairs, `${type.entityType}-links`),
      entities: await putTable(blobs, found.entities, `${type.entityType}-entities`),
      clusterCount,
    });
    log.info(`${clusterCount} entities of type ${type.entityType}`);
  }
  const pairs = pairFiles(pairTables, declared);
  const put = (name: string, text: string): Promise<BlobRef> => blobs.put(Buffer.from(text), name);
  return {
    types,
    files: {
      matches: await put("matches.csv", pairs.matches),
      review: await put("review.csv", pairs.review),
    },
    counts: { matches: pairs.matchCount, review: pairs.reviewCount },
  };
}

async function clusterType(
  blobs: TaskBlobs,
  typePlan: TypePlan,
  sources: readonly StoredSource[],
  scored: ScoredType,
  decisions: readonly Decision[],
): Promise<Clustering> {
  const tables: Table[] = [];
  for (const ref of scored.pairs) tables.push(await getTable(blobs, ref));
  const records: { source: string; ids: string[]; levels: (string | null)[] }[] = [];
  for (const source of typePlan.sources) {
    const stored = sources.find((candidate) => candidate.source === source && candidate.entityType === typePlan.entityType);
    records.push({ source, ...(await idsAndLevels(blobs, stored, typePlan.settings.levelField)) });
  }
  const model = await getJson<Model>(blobs, scored.model);
  const known = new Set(typePlan.sources);
  const own = decisions.filter(({ left, right }) => known.has(left.source) && known.has(right.source));
  return cluster({ scored: tables, records, model, decisions: own });
}

async function idsAndLevels(
  blobs: TaskBlobs,
  stored: StoredSource | undefined,
  levelField: string | null,
): Promise<{ ids: string[]; levels: (string | null)[] }> {
  const ids: string[] = [];
  const levels: (string | null)[] = [];
  for (const batch of stored?.batches ?? []) {
    const table = await getTable(blobs, batch.table);
    const idOf = columnOf(table, idColumn, "text");
    const levelOf = levelField !== null && batch.fields.some((field) => field.name === levelField) ? columnOf(table, levelField, "text") : null;
    for (let row = 0; row < table.rowCount; row++) {
      ids.push(textAt(idOf, row) as string);
      levels.push(levelOf ? textAt(levelOf, row) : null);
    }
  }
  return { ids, levels };
}
