import type { BlobRef, TaskContext } from "../../flow/index.ts";
import { type BuiltGraph, buildCatalogueGraph } from "./build-catalogue-graph.ts";
import type { Clustered, ClusteredType, JoinedRecords } from "./clustered.ts";
import type { LinkageState } from "./linkage-state.ts";
import { nameRecords } from "./name-records.ts";
import { pairLines } from "./pair-lines.ts";
import type { LinkageParams } from "./params.ts";
import { getTable } from "./stored-table.ts";

/** One task of the step `write`: the pairs of an entity type, or the records of all types, with their graph where it is wanted. */
export type WriteItem = { readonly what: "records" } | { readonly what: "pairs"; readonly entityType: string };

/** The lines of the pairs of one entity type, put away without headers. */
interface WrittenPairs {
  readonly matches: BlobRef;
  readonly review: BlobRef;
  readonly matchCount: number;
  readonly reviewCount: number;
}

/** What one task of the step `write` made. */
export interface Written {
  readonly pairs: WrittenPairs | null;
  readonly graph: BuiltGraph | null;
}

/** What is written side by side, the longest task first. */
export function writeItems({ types }: JoinedRecords): WriteItem[] {
  return [{ what: "records" }, ...types.map(({ entityType }) => ({ what: "pairs" as const, entityType }))];
}

/** The name of a task of the step `write`. */
export function writeKey(item: WriteItem): string {
  return item.what === "pairs" ? `${item.what}-${item.entityType}` : item.what;
}

/** The step `write`: makes files of what was clustered. */
export async function writeFiles(
  context: Pick<TaskContext<LinkageParams, unknown>, "params" | "blobs" | "log" | "tempDirectory">,
  state: LinkageState,
  clustered: JoinedRecords,
  item: WriteItem,
): Promise<Written> {
  if (item.what === "pairs") {
    const type = clustered.types.find(({ entityType }) => entityType === item.entityType) as ClusteredType;
    return { pairs: await writePairs(context, state, type), graph: null };
  }
  // Params of a linkage that was published before it was possible to leave the graph out do not say.
  const build = context.params.graph === false ? nameRecords : buildCatalogueGraph;
  return { pairs: null, graph: await build(context, state, clustered) };
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
export function joinWritten(
  clustered: JoinedRecords,
  written: readonly Written[],
): { clustered: Clustered; graph: BuiltGraph } {
  const pairs = written.flatMap((one) => one.pairs ?? []);
  const sum = (count: (one: WrittenPairs) => number): number => pairs.reduce((total, one) => total + count(one), 0);
  return {
    clustered: {
      ...clustered,
      files: { matches: pairs.map(({ matches }) => matches), review: pairs.map(({ review }) => review) },
      counts: { matches: sum((one) => one.matchCount), review: sum((one) => one.reviewCount) },
    },
    graph: written.find((one) => one.graph !== null)?.graph as BuiltGraph,
  };
}
