import { stableJson } from "../../base/index.ts";
import type { TaskBlobs } from "../../flow/index.ts";
import type { FrozenFacts, Model } from "../../linkage/index.ts";
import type { BuiltGraph } from "./build-catalogue-graph.ts";
import type { Clustered } from "./clustered.ts";
import { csvLine } from "./csv.ts";
import { blobsOf, type LinkageState } from "./linkage-state.ts";
import type { LinkageParams } from "./params.ts";
import { plannedPairs } from "./planned-pairs.ts";
import type { PublishedFile } from "./publish.ts";
import { describeSources } from "./describe-sources.ts";
import { type DetailIndex, detailFolder, detailIndex, indexVersion } from "./published-linkage.ts";
import { recallByType } from "./recall-by-type.ts";
import { reportHtml } from "./report.ts";
import { entityHeader, matchHeader, outcomeHeader, reviewHeader } from "./result-files.ts";
import { getJson } from "./stored-table.ts";

/** What the publish step puts together. */
export interface Publishable {
  readonly run: string;
  readonly params: LinkageParams;
  readonly state: LinkageState;
  readonly clustered: Clustered;
  readonly graph: BuiltGraph;
}

/** Every file of a published linkage. */
export async function publishedFiles(blobs: TaskBlobs, published: Publishable): Promise<PublishedFile[]> {
  const { run, params, state, clustered, graph } = published;
  const models: Record<string, Model> = {};
  const types: unknown[] = [];
  const recall = recallByType(state);
  for (const { entityType, model, frozen } of state.scored) {
    models[entityType] = await getJson<Model>(blobs, model);
    const planned = plannedPairs(await getJson<FrozenFacts>(blobs, frozen.facts));
    const blockingRecall = recall.find((type) => type.entityType === entityType) ?? null;
    types.push({ entityType, ...planned, blockingRecall });
  }
  const index: DetailIndex = { version: indexVersion, run, params, state, clustered };
  return [
    { path: "matches.csv", content: { header: csvLine(matchHeader), parts: clustered.files.matches } },
    { path: "entities.csv", content: { header: csvLine(entityHeader), parts: graph.records.entities } },
    { path: "outcomes.csv", content: { header: csvLine(outcomeHeader), parts: graph.records.outcomes } },
    { path: "review.csv", content: { header: csvLine(reviewHeader), parts: clustered.files.review } },
    ...(await rejectsFile(blobs, state)),
    { path: "plan.json", content: `${stableJson({ sources: describeSources(state.plan), types }, 2)}\n` },
    { path: "model.json", content: `${stableJson({ version: 1, types: models, blockingRecall: recall }, 2)}\n` },
    { path: "report.html", content: reportHtml({ params, state, clustered, graph, models, recall }) },
    ...graph.files.map(({ name, ref }) => ({ path: `graph/${name}`, content: ref })),
    ...blobsOf(state, clustered).map((ref) => ({ path: `${detailFolder}/${ref.blob}`, content: ref })),
    { path: `${detailFolder}/${detailIndex}`, content: `${stableJson(index)}\n` },
  ];
}

/** `rejects.jsonl`: the rows that `--skip-bad` set aside, source by source. No file where there were none. */
async function rejectsFile(blobs: TaskBlobs, { rejects }: LinkageState): Promise<PublishedFile[]> {
  if (rejects.length === 0) return [];
  const texts: string[] = [];
  for (const ref of rejects) texts.push(Buffer.from(await blobs.get(ref)).toString("utf8"));
  return [{ path: "rejects.jsonl", content: texts.join("") }];
}
