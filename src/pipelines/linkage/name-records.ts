import { columnOf, dictionaryTexts, findColumn, type Table, textAt } from "../../columns/index.ts";
import type { TaskBlobs } from "../../flow/index.ts";
import { type ClusteredRecords, nameEntities, textRanks } from "../../graph/index.ts";
import { filmOntology } from "../../ontology/index.ts";
import type { BuiltGraph } from "./build-catalogue-graph.ts";
import type { ClusteredType } from "./clustered.ts";
import { withEntityTypes } from "./graph-batches.ts";
import type { LinkageState } from "./linkage-state.ts";
import { type RecordFiles, RecordLines } from "./record-lines.ts";
import type { SourceGroup } from "./source-groups.ts";
import { getTable } from "./stored-table.ts";
import { ToldOutcomes } from "./told-outcomes.ts";

/** The records of a type, the names of their entities, and what became of each. */
interface NamedRecords {
  readonly records: ClusteredRecords;
  readonly names: readonly string[];
  readonly told: ToldOutcomes;
}

/** The lines of some sources of an entity type, and what there is of the whole type. */
export interface NamedLines extends RecordFiles {
  /** Entities and records of the whole type, and its entities by their narrowest type; null but in the type's first group. */
  readonly counts: Pick<BuiltGraph["counts"], "entities" | "members" | "entitiesByType"> | null;
}

/**
 * A task of `write` where no graph is wanted: names the entities of a type, by the ids that they have in a graph, and writes a line for
 * every record of a group of its sources.
 */
export async function nameRecords(
  blobs: TaskBlobs,
  state: LinkageState,
  type: ClusteredType,
  group: SourceGroup,
): Promise<NamedLines> {
  const typeNames = state.plan.types.map(({ entityType }) => entityType);
  const table = await getTable(blobs, type.entities);
  const records = await clusteredRecords(blobs, state, type, table);
  const told = new ToldOutcomes(table, await getTable(blobs, type.links));
  const names = nameEntities(records, withEntityTypes(filmOntology, typeNames));
  const lines = new RecordLines();
  const entityCount = appendLines(lines, { records, names, told }, group);
  return {
    ...(await lines.put(blobs)),
    entityCount,
    counts: group.before.length > 0 ? null : countsOf(names, records.cluster.length),
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

/** Appends a line for every record of the group, by source in their order, then by id; gives the entities that no source before has. */
function appendLines(lines: RecordLines, { records, names, told }: NamedRecords, group: SourceGroup): number {
  const idRanks = textRanks(records.ids);
  const seen = new Uint8Array(names.length);
  const before = new Set(group.before.map((name) => records.sourceNames.indexOf(name)));
  records.source.forEach((source, row) => {
    if (before.has(source)) seen[records.cluster[row] as number] = 1;
  });
  let added = 0;
  for (const name of group.sources) {
    const source = records.sourceNames.indexOf(name);
    const ranks = new Int32Array(records.ids.length).fill(-1);
    records.source.forEach((from, row) => {
      if (from === source) ranks[idRanks[records.id[row] as number] as number] = row;
    });
    for (const row of ranks) {
      if (row === -1) continue;
      const cluster = records.cluster[row] as number;
      if (seen[cluster] === 0) added++;
      seen[cluster] = 1;
      lines.add({ entity: names[cluster] as string, source: name, told, row });
    }
  }
  return added;
}
