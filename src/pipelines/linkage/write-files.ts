import type { BlobRef, TaskBlobs, TaskContext } from "../../flow/index.ts";
import { type BuiltGraph, buildCatalogueGraph, type WrittenGraph } from "./build-catalogue-graph.ts";
import type { Clustered, ClusteredType, JoinedRecords } from "./clustered.ts";
import type { LinkageState } from "./linkage-state.ts";
import { type NamedLines, nameRecords } from "./name-records.ts";
import { pairLines } from "./pair-lines.ts";
import type { LinkageParams } from "./params.ts";
import { getTable } from "./stored-table.ts";
import { rejectedLines } from "./told-outcomes.ts";

/** One task of the step `write`: the graph with all records, or the records of a type; or the pairs of a type. */
export type WriteItem =
  | { readonly what: "graph" }
  | { readonly what: "records"; readonly entityType: string }
  | { readonly what: "pairs"; readonly entityType: string };

/** The lines of the pairs of one entity type, put away without headers. */
interface WrittenPairs {
  readonly matches: BlobRef;
  readonly review: BlobRef;
  readonly matchCount: number;
  readonly reviewCount: number;
}

/** What one task of the step `write` made. */
export interface Written {
  readonly graph: WrittenGraph | null;
  readonly records: NamedLines | null;
  readonly pairs: WrittenPairs | null;
}

const nothing: Written = { graph: null, records: null, pairs: null };

/** What is written side by side, the longest tasks first; the parts of a file in their order. */
export function writeItems({ plan }: LinkageState, { graph }: Pick<LinkageParams, "graph">): WriteItem[] {
  const typeNames = plan.types.map(({ entityType }) => entityType);
  return [
    // Params of a linkage that was published before it was possible to leave the graph out do not say.
    ...(graph === false
      ? typeNames.map((entityType) => ({ what: "records" as const, entityType }))
      : [{ what: "graph" as const }]),
    ...typeNames.map((entityType) => ({ what: "pairs" as const, entityType })),
  ];
}

/** The name of a task of the step `write`. */
export function writeKey(item: WriteItem): string {
  return item.what === "graph" ? item.what : `${item.what}-${item.entityType}`;
}

/** The step `write`: makes files of what was clustered. */
export async function writeFiles(
  context: Pick<TaskContext<LinkageParams, unknown>, "params" | "blobs" | "log" | "tempDirectory">,
  state: LinkageState,
  clustered: JoinedRecords,
  item: WriteItem,
): Promise<Written> {
  if (item.what === "graph") return { ...nothing, graph: await buildCatalogueGraph(context, state, clustered) };
  const type = clustered.types.find(({ entityType }) => entityType === item.entityType) as ClusteredType;
  if (item.what === "pairs") return { ...nothing, pairs: await writePairs(context, state, type) };
  return { ...nothing, records: await nameRecords(context.blobs, state, type) };
}

async function writePairs(
  { params, blobs }: Pick<TaskContext<LinkageParams, unknown>, "params" | "blobs">,
  { plan }: LinkageState,
  { entityType, links }: ClusteredType,
): Promise<WrittenPairs> {
  const declared = new Set(plan.sources.map((source) => source.source));
  const { matches, review, ...counts } = pairLines(await getTable(blobs, links), declared, params.decisions);
  return {
    ...counts,
    matches: await blobs.put(matches, `${entityType}-matches`),
    review: await blobs.put(review, `${entityType}-review`),
  };
}

/** Everything that the step `cluster` and the tasks of the step `write` made, put together for publishing. */
export async function joinWritten(
  blobs: TaskBlobs,
  { rejects }: LinkageState,
  clustered: JoinedRecords,
  written: readonly Written[],
): Promise<{ readonly clustered: Clustered; readonly graph: BuiltGraph }> {
  const pairs = written.flatMap((one) => one.pairs ?? []);
  const graph = written.find((one) => one.graph !== null)?.graph ?? null;
  const records = written.flatMap((one) => one.graph?.records ?? one.records ?? []);
  const rejected = await rejectedLines(blobs, rejects);
  const rejectedPart = rejected.length === 0 ? [] : [await blobs.put(Buffer.from(rejected.join("")), "rejected")];
  const ofOutcome = (outcome: "new" | "match" | "review"): number =>
    sum(records, ({ outcomeCounts }) => outcomeCounts[outcome]);
  return {
    clustered: {
      ...clustered,
      files: { matches: pairs.map(({ matches }) => matches), review: pairs.map(({ review }) => review) },
      counts: { matches: sum(pairs, (one) => one.matchCount), review: sum(pairs, (one) => one.reviewCount) },
    },
    graph: {
      files: graph?.files ?? [],
      records: {
        entities: records.map(({ entities }) => entities),
        outcomes: [...records.map(({ outcomes }) => outcomes), ...rejectedPart],
        entityCount: sum(records, ({ entityCount }) => entityCount),
        counts: {
          new: ofOutcome("new"),
          match: ofOutcome("match"),
          review: ofOutcome("review"),
          rejected: rejected.length,
        },
      },
      counts: graph?.counts ?? namedCounts(written.flatMap((one) => one.records?.counts ?? [])),
    },
  };
}

/** What a graph would say of itself that was not built. */
function namedCounts(types: readonly NamedLines["counts"][]): BuiltGraph["counts"] {
  const entitiesByType: Record<string, number> = {};
  for (const type of types)
    for (const [name, count] of Object.entries(type.entitiesByType))
      entitiesByType[name] = (entitiesByType[name] ?? 0) + count;
  const none = { claims: 0, provenance: 0, unresolved: 0, claimsByRelation: {}, rejectedByRelation: {} };
  const [entities, members] = [sum(types, (type) => type.entities), sum(types, (type) => type.members)];
  return { ...none, entities, members, entitiesByType };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
