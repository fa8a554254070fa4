import { columnOf, dictionaryTexts, findColumn, type Table, textAt } from "../../columns/index.ts";
import type { TaskBlobs } from "../../flow/index.ts";
import { type ClusteredRecords, nameEntities, textRanks } from "../../graph/index.ts";
import { filmOntology } from "../../ontology/index.ts";
import type { BuiltGraph } from "./build-catalogue-graph.ts";
import type { ClusteredType } from "./clustered.ts";
import { withEntityTypes } from "./graph-batches.ts";
import type { LinkageState } from "./linkage-state.ts";
import { type RecordFiles, RecordLines } from "./record-lines.ts";
import { getTable } from "./stored-table.ts";
import { ToldOutcomes } from "./told-outcomes.ts";

/** The records of a type, the names of their entities, and what became of each. */
interface NamedRecords {
  readonly records: ClusteredRecords;
  readonly names: readonly string[];
  readonly told: ToldOutcomes;
}

/** The lines of the declared records of an entity type, and what there is of the type, people that works name included. */
export interface NamedLines extends RecordFiles {
  readonly counts: Pick<BuiltGraph["counts"], "entities" | "members" | "entitiesByType">;
}

/**
 * A task of `write` where no graph is wanted: names the entities of a type, by the ids that they have in a graph, and writes a line for
 * every record of its declared sources.
 */
export async function nameRecords(blobs: TaskBlobs, state: LinkageState, type: ClusteredType): Promise<NamedLines> {
  const typeNames = state.plan.types.map(({ entityType }) => entityType);
  const table = await getTable(blobs, type.entities);
  const records = await clusteredRecords(blobs, state, type, table);
  const told = new ToldOutcomes(table, await getTable(blobs, type.links));
  const names = nameEntities(records, withEntityTypes(filmOntology, typeNames));
  const lines = new RecordLines();
  const entityCount = appendLines(lines, { records, names, told }, state);
  return {
    ...(await lines.put(blobs)),
    entityCount,
    counts: countsOf(names, records.cluster.length),
  };
}

function countsOf(names: readonly string[], members: number): NamedLines["counts"] {
  const entitiesByType: Record<string, number> = {};
  for (const name of names) {
    const typeName = name.slice(0, name.indexOf(":"));
    entitiesByType[typeName] = (entitiesByType[typeName] ?? 0) + 1;
  }
  return { entities: names.length, members, entitiesByType };
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
function appendLines(lines: RecordLines, { records, names, told }: NamedRecords, { plan }: LinkageState): number {
  const declared = new Set(plan.sources.map((source) => source.source));
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
