import { join } from "node:path";
import type { BlobRef, TaskBlobs, TaskContext } from "../../flow/index.ts";
import type { BuiltGraph } from "./build-catalogue-graph.ts";
import type { Clustered, JoinedRecords, OutcomeCounts } from "./clustered.ts";
import { csvLine } from "./csv.ts";
import { handOver } from "./handed-over.ts";
import type { LinkageState } from "./linkage-state.ts";
import type { LinkageParams } from "./params.ts";
import { csvToParquet } from "./parquet.ts";
import { recallByType, type TypeRecall } from "./recall-by-type.ts";
import { type PublishedFile, publishFolder, writeParts } from "./publish.ts";
import { publishedFiles } from "./published-files.ts";
import { entityHeader, matchHeader } from "./result-files.ts";
import { joinWritten, type Written } from "./write-files.ts";

/** What a publish step answers with: where the result lies and how much it is. */
export interface Published {
  /** Empty when it is a data set alone. */
  readonly out: string;
  /** The folder in the store, for whoever started the run to write; null where the run wrote it. */
  readonly handedOver: BlobRef | null;
  readonly counts: Clustered["counts"] & {
    readonly entities: number;
    readonly outcomes: OutcomeCounts;
  };
  readonly graph: BuiltGraph["counts"];
  /** Which share of all matches blocking brought together, as estimated, by entity type. */
  readonly blockingRecall: readonly TypeRecall[];
  /** Whether bad rows were set aside, and so are listed in `rejects.jsonl`. */
  readonly hasRejects: boolean;
  /** What people decided and this linkage cannot keep. */
  readonly refusedDecisions: Clustered["refusedDecisions"];
}

/** The step `publish`: puts every file of the linkage into the output folder, in one step. */
export async function publishLinkage(
  {
    params,
    blobs,
    run,
    tempDirectory,
    dataSets,
    isRerun,
  }: Pick<TaskContext<LinkageParams, unknown>, "params" | "blobs" | "run" | "tempDirectory" | "dataSets" | "isRerun">,
  state: LinkageState,
  joined: JoinedRecords,
  written: readonly Written[],
): Promise<Published> {
  const found = { state, ...(await joinWritten(blobs, state, joined, written)) };
  const files = await publishedFiles(blobs, { run: run.id, params, ...found });
  if (params.format === "parquet") files.push(...(await parquetFiles(blobs, found, tempDirectory)));
  // A rerun goes all the way, and leaves what is published as it is.
  const isElsewhere = isRerun || params.handOver || params.out === "";
  const folder = isElsewhere ? join(tempDirectory, "published") : params.out;
  await publishFolder(blobs, folder, files, { kind: "linkage", version: 1, run: run.id });
  const handedOver = params.handOver && params.out !== "" ? await handOver(blobs, folder) : null;
  if (params.dataSet) await dataSets.publish(params.dataSet, folder, { kind: "linkage", move: folder !== params.out });
  return {
    out: params.out,
    handedOver,
    counts: {
      ...found.clustered.counts,
      entities: found.graph.records.entityCount,
      outcomes: found.graph.records.counts,
    },
    graph: found.graph.counts,
    blockingRecall: recallByType(found.state),
    hasRejects: found.state.rejects.length > 0,
    refusedDecisions: found.clustered.refusedDecisions,
  };
}

/** The result files once more as Parquet, beside the CSV that `evaluate` and people read. */
async function parquetFiles(
  blobs: TaskBlobs,
  { clustered, graph }: { readonly clustered: Clustered; readonly graph: BuiltGraph },
  folder: string,
): Promise<PublishedFile[]> {
  const matches = join(folder, "matches.csv");
  await writeParts(blobs, { header: csvLine(matchHeader), parts: clustered.files.matches }, matches);
  const entities = join(folder, "entities.csv");
  await writeParts(blobs, { header: csvLine(entityHeader), parts: graph.records.entities }, entities);
  return [
    { path: "matches.parquet", content: await csvToParquet(blobs, matches, matchHeader, folder) },
    { path: "entities.parquet", content: await csvToParquet(blobs, entities, entityHeader, folder) },
  ];
}
