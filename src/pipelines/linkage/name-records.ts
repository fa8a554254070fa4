import { columnOf, dictionaryTexts, findColumn, type Table, textAt } from "../../columns/index.ts";
import type { TaskBlobs } from "../../flow/index.ts";
import { type ClusteredRecords, nameEntities, textRanks } from "../../graph/index.ts";
import { filmOntology } from "../../ontology/index.ts";
import type { BuiltGraph } from "./build-catalogue-graph.ts";
import type { ClusteredType, JoinedRecords } from "./clustered.ts";
import { withEntityTypes } from "./graph-batches.ts";
import type { LinkageState } from "./linkage-state.ts";
import { RecordLines } from "./record-lines.ts";
import { getTable } from "./stored-table.ts";
import { rejectedLines, ToldOutcomes } from "./told-outcomes.ts";

/** The records of a type, the names of their entities, and what became of each. */
interface NamedRecords {
  readonly records: ClusteredRecords;
  readonly names: readonly string[];
  readonly told: ToldOutcomes;
}

/** The task of `write` where no graph is wanted: names every record's entity, by the id that it has in a graph. */
export async function nameRecords(
  { blobs }: { readonly blobs: TaskBlobs },
  state: LinkageState,
  clustered: JoinedRecords,
): Promise<BuiltGraph> {
  const typeNames = state.plan.types.map((type) => type.entityType);
  const ontology = withEntityTypes(filmOntology, typeNames);
  const declared = new Set(state.plan.sources.map((source) => source.source));
  const lines = new RecordLines();
  const entitiesByType: Record<string, number> = {};
  let [entities, shown, members] = [0, 0, 0];
  for (const type of clustered.types) {
    const table = await getTable(blobs, type.entities);
    const records = await clusteredRecords(blobs, state, type, table);
    const told = new ToldOutcomes(table, await getTable(blobs, type.links));
    const names = nameEntities(records, ontology);
    for (const name of names) {
      const typeName = name.slice(0, name.indexOf(":"));
      entitiesByType[typeName] = (entitiesByType[typeName] ?? 0) + 1;
    }
    entities += names.length;
    members += records.cluster.length;
    shown += appendLines(lines, { records, names, told }, state, declared);
  }
  const files = lines.files(await rejectedLines(blobs, state.rejects));
  const none = { claims: 0, provenance: 0, unresolved: 0, claimsByRelation: {}, rejectedByRelation: {} };
  return {
    files: [],
    records: {
      entities: await blobs.put(files.entities, "entities.csv"),
      outcomes: await blobs.put(files.outcomes, "outcomes.csv"),
      entityCount: shown,
      counts: files.counts,
    },
    counts: { ...none, entities, members, entitiesByType },
  };
}

async function clusteredRecords(
  blobs: TaskBlobs,
  state: LinkageState,
  { entityType, clusterCount }: ClusteredType,
  table: Table,
): Promise<ClusteredRecords> {
  const [source, id] = [columnOf(table, "source", "text"), columnOf(table, "id", "text")];
  const rows = columnOf(table, "row", "number").values;
  const sourceNames = dictionaryTexts(source.dictionary);
  const levels = await Promise.all(sourceNames.map((name) => levelsOf(blobs, state, name, entityType)));
  return {
    entityType,
    sourceNames,
    source: source.ids,
    id: id.ids,
    ids: dictionaryTexts(id.dictionary),
    cluster: Int32Array.from(columnOf(table, "cluster", "number").values),
    clusterCount,
    levelOf: (row) => levels[source.ids[row] as number]?.(rows[row] as number) ?? null,
  };
}

/** Reads the levels of a source's records by their row; undefined where the source has none. */
async function levelsOf(
  blobs: TaskBlobs,
  { sources }: LinkageState,
  name: string,
  entityType: string,
): Promise<((row: number) => string | null) | undefined> {
  const stored = sources.find((source) => source.source === name && source.entityType === entityType);
  const field = stored?.batches[0]?.fields.find((one) => one.kind === "level" && !one.list);
  if (stored === undefined || field === undefined) return undefined;
  const levels: (string | null)[] = [];
  for (const batch of stored.batches)
    for (const level of texts(await getTable(blobs, batch.table), field.name)) levels.push(level);
  return (row) => levels[row] ?? null;
}

function texts(table: Table, name: string): (string | null)[] {
  const column = findColumn(table, name);
  return Array.from({ length: table.rowCount }, (_, row) => (column?.kind === "text" ? textAt(column, row) : null));
}

/** Appends a line for every record of the declared sources, by source in their order, then by id; gives the entities named. */
function appendLines(
  lines: RecordLines,
  { records, names, told }: NamedRecords,
  { plan }: LinkageState,
  declared: ReadonlySet<string>,
): number {
  const order = plan.types.find((type) => type.entityType === records.entityType)?.sources ?? [];
  const idRanks = textRanks(records.ids);
  const named = new Uint8Array(names.length);
  for (const name of order) {
    if (!declared.has(name)) continue;
    const source = records.sourceNames.indexOf(name);
    const ranks = new Int32Array(records.ids.length).fill(-1);
    records.source.forEach((from, row) => {
      if (from === source) ranks[idRanks[records.id[row] as number] as number] = row;
    });
    for (const row of ranks) {
      if (row === -1) continue;
      const cluster = records.cluster[row] as number;
      named[cluster] = 1;
      lines.add({ entity: names[cluster] as string, source: name, told, row });
    }
  }
  return named.reduce((sum, one) => sum + one, 0);
}
