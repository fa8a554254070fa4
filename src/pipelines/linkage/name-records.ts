import { Buffer } from "node:buffer";
import { columnOf, dictionaryTexts, findColumn, type Table, textAt } from "../../columns/index.ts";
import type { TaskBlobs } from "../../flow/index.ts";
import { type ClusteredRecords, nameEntities, textRanks } from "../../graph/index.ts";
import { filmOntology } from "../../ontology/index.ts";
import type { BuiltGraph } from "./build-catalogue-graph.ts";
import type { Clustered, ClusteredType, RecordOutcome } from "./clustered.ts";
import { csvLine } from "./csv.ts";
import { withEntityTypes } from "./graph-batches.ts";
import type { LinkageState } from "./linkage-state.ts";
import { entityHeader, outcomeHeader } from "./result-files.ts";
import { getTable } from "./stored-table.ts";
import { outcomeReader, rejectedLines, type ToldOutcome } from "./told-outcomes.ts";

/** Lines of a file that are made into bytes at a time. */
const linesAtATime = 50_000;

/** The files of records while they are written. */
interface WrittenFiles {
  readonly entities: Buffer[];
  readonly outcomes: Buffer[];
  readonly counts: Record<RecordOutcome, number>;
}

/** The records of a type, the names of their entities, and what became of each. */
interface NamedRecords {
  readonly records: ClusteredRecords;
  readonly names: readonly string[];
  readonly outcomeAt: (row: number) => ToldOutcome;
}

/** The step `graph` where no graph is wanted: only names every record's entity, by the id that it has in a graph. */
export async function nameRecords(
  { blobs }: { readonly blobs: TaskBlobs },
  state: LinkageState,
  clustered: Clustered,
): Promise<BuiltGraph> {
  const typeNames = state.plan.types.map((type) => type.entityType);
  const ontology = withEntityTypes(filmOntology, typeNames);
  const declared = new Set(state.plan.sources.map((source) => source.source));
  const files: WrittenFiles = {
    entities: [Buffer.from(csvLine(entityHeader))],
    outcomes: [Buffer.from(csvLine(outcomeHeader))],
    counts: { new: 0, match: 0, review: 0 },
  };
  const entitiesByType: Record<string, number> = {};
  let [entities, shown, members] = [0, 0, 0];
  for (const type of clustered.types) {
    const table = await getTable(blobs, type.entities);
    const records = await clusteredRecords(blobs, state, type, table);
    const outcomeAt = outcomeReader(table, await getTable(blobs, type.links));
    const names = nameEntities(records, ontology);
    for (const name of names) {
      const typeName = name.slice(0, name.indexOf(":"));
      entitiesByType[typeName] = (entitiesByType[typeName] ?? 0) + 1;
    }
    entities += names.length;
    members += records.cluster.length;
    shown += appendLines(files, { records, names, outcomeAt }, state, declared);
  }
  const rejected = await rejectedLines(blobs, state.rejects);
  const none = { claims: 0, provenance: 0, unresolved: 0, claimsByRelation: {}, rejectedByRelation: {} };
  return {
    files: [],
    records: {
      entities: await blobs.put(Buffer.concat(files.entities), "entities.csv"),
      outcomes: await blobs.put(Buffer.concat([...files.outcomes, Buffer.from(rejected.join(""))]), "outcomes.csv"),
      entityCount: shown,
      counts: { ...files.counts, rejected: rejected.length },
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
  files: WrittenFiles,
  { records, names, outcomeAt }: NamedRecords,
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
    const rows = ranks.filter((row) => row >= 0);
    for (let at = 0; at < rows.length; at += linesAtATime) {
      const entities: string[] = [];
      const outcomes: string[] = [];
      for (const row of rows.subarray(at, at + linesAtATime)) {
        const cluster = records.cluster[row] as number;
        named[cluster] = 1;
        const entity = names[cluster] as string;
        const id = records.ids[records.id[row] as number] as string;
        const { outcome, reason } = outcomeAt(row);
        files.counts[outcome]++;
        entities.push(csvLine([entity, name, id]));
        outcomes.push(csvLine([name, id, outcome, entity, reason]));
      }
      files.entities.push(Buffer.from(entities.join("")));
      files.outcomes.push(Buffer.from(outcomes.join("")));
    }
  }
  return named.reduce((sum, one) => sum + one, 0);
}
