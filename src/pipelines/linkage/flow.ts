import { type BlobRef, flow } from "../../flow/index.ts";
import {
  type Captures,
  countShard,
  freeze,
  type Model,
  mergeCaptures,
  mergeCounts,
  ShardPairs,
  scoreShard,
  type OpenOptions,
  threadedScan,
} from "../../linkage/index.ts";
import { clusterRecords } from "./cluster-records.ts";
import { ingest, typePlanOf } from "./ingest.ts";
import type { LinkageState } from "./linkage-state.ts";
import { allShards, loadParts } from "./all-shards.ts";
import { lookup, lookupItems, lookupKey } from "./lookup.ts";
import { writeFiles, writeItems, writeKey } from "./write-files.ts";
import { learnModel } from "../teach/learn-model.ts";
import { loadPublished } from "./load-published.ts";
import { defaultLinkageParams, type LinkageParams } from "./params.ts";
import { people } from "./people.ts";
import { planLinkage } from "./plan-sources.ts";
import { preview } from "./preview.ts";
import { plannedPairs } from "./planned-pairs.ts";
import { publishLinkage } from "./publish-linkage.ts";
import { readClaims } from "./read-claims.ts";
import type { ScoredType } from "./scored.ts";
import { shardFacts } from "./shard-facts.ts";
import { shardKey, shardSlices, sliceKey } from "./shards.ts";
import { getCounts, getFrozen, getPairCounts, putFrozen, putPairCounts } from "./stored-counts.ts";
import { getJson, putJson, putTable } from "./stored-table.ts";

/** A worker that is killed, or runs out of memory once, costs an attempt and not the run; bad input is never tried again. */
const retry = { count: 2, backoffMs: 200 };

/** How far planning goes: all that can be known before a pair is scored. */
const planning = flow("linkage", { params: defaultLinkageParams, files: ["sources.*.path", "documents"] })
  .step("plan", { retry }, ({ params, file, tempDirectory }) => planLinkage(params, file, tempDirectory))
  .foreach("ingest", { retry, over: (art) => art.plan.sources, key: (source) => source.source }, (context) =>
    ingest(context, context.art.plan, context.item),
  )
  .foreach("people", { retry, over: (art) => art.plan.derived, key: (derived) => derived.source }, (context) =>
    people(context, context.art.plan, context.item, context.art.ingest),
  )
  .foreach(
    "freeze",
    { retry, over: (art) => art.plan.types, key: (type) => type.entityType },
    async ({ item, art, params, blobs }) => {
      const sources = [...art.ingest, ...art.people].filter((source) => source.entityType === item.entityType);
      const counts = [];
      for (const source of sources) counts.push(await getCounts(blobs, source.counts));
      const frozen = freeze(counts, item.settings, params.shards);
      return {
        entityType: item.entityType,
        stored: await putFrozen(blobs, frozen, item.entityType),
        plan: plannedPairs(frozen.facts),
      };
    },
  );

/** The steps of `kindred plan`. */
export const planFlow = planning.foreach(
  "preview",
  { retry, over: (art) => art.plan.types, key: (type) => type.entityType },
  async ({ item, art, params, blobs }) => {
    const sources = [...art.ingest, ...art.people].filter((source) => source.entityType === item.entityType);
    const { plan } = art.freeze.find((type) => type.entityType === item.entityType) as (typeof art.freeze)[number];
    const recordCount = sources.reduce((sum, source) => sum + source.recordCount, 0);
    return {
      entityType: item.entityType,
      recordCount,
      plan,
      preview: await preview(blobs, item, sources, params.suggest),
    };
  },
);

/** The steps of `kindred link`, from sources to a published folder. */
export const linkageFlow = planning
  .foreach(
    "lookup",
    { retry, over: (art) => lookupItems(art.plan, [...art.ingest, ...art.people]), key: lookupKey },
    ({ item, art, blobs }) => lookup(blobs, art.plan, [...art.ingest, ...art.people], item),
  )
  .foreach(
    "count",
    { retry, over: (art, params) => allShards(art, params), key: shardKey },
    async ({ item, art, params, blobs, facts }) => {
      const { settings } = typePlanOf(art.plan, item.entityType);
      const frozen = await getFrozen(blobs, storedOf(art.freeze, item.entityType));
      const parts = await loadParts(blobs, art, item, frozen.facts);
      const opened = new ShardPairs(parts, frozen, settings, item, scanOptions(params));
      const counted = countShard(opened);
      facts(shardFacts(opened, counted.pairsByRule));
      const counts = await putPairCounts(blobs, counted, item.entityType);
      return { ...counts, recordCount: opened.shard.rowCount };
    },
  )
  .foreach(
    "train",
    { retry, over: (art) => art.plan.types, key: (type) => type.entityType },
    async ({ item, art, params, blobs, log }) => {
      const counts = [];
      for (const one of art.count) if (one.entityType === item.entityType) counts.push(await getPairCounts(blobs, one));
      const frozen = await getFrozen(blobs, storedOf(art.freeze, item.entityType));
      const model = await learnModel({
        settings: item.settings,
        frozen,
        counts: mergeCounts(counts),
        teaching: params.teaching,
        blobs,
        sources: [...art.ingest, ...art.people],
      });
      log.info("trained the model", { entityType: item.entityType });
      return { entityType: item.entityType, model: await putJson(blobs, model, `${item.entityType}-model`) };
    },
  )
  .foreach(
    "match",
    {
      retry,
      over: (art, params) => shardSlices(allShards(art, params), art.count),
      key: sliceKey,
      // Opening a shard takes time too, which is about the same for all.
      size: (slice) => slice.pairs,
    },
    async ({ item, art, params, blobs, log, facts }) => {
      const frozen = await getFrozen(blobs, storedOf(art.freeze, item.entityType));
      const parts = await loadParts(blobs, art, item, frozen.facts);
      const trained = art.train.find((type) => type.entityType === item.entityType) as (typeof art.train)[number];
      const model = await getJson<Model>(blobs, trained.model);
      const opened = new ShardPairs(parts, frozen, model.settings, item, {
        ...scanOptions(params),
        slice: item.slice,
      });
      const { pairs: scored, captures, pairsByRule } = scoreShard(opened, model);
      facts(shardFacts(opened, pairsByRule));
      log.info(`kept ${scored.rowCount} pairs`, { shard: sliceKey(item) });
      return {
        entityType: item.entityType,
        pairs: await putTable(blobs, scored, `scored-${sliceKey(item)}`),
        pairCount: scored.rowCount,
        captures: [...captures],
      };
    },
  )
  .step("claims", { retry }, (context) => readClaims(context, context.params.documents, context.art.ingest))
  .step("cluster", { retry }, async (context) => {
    const { art, params } = context;
    const state: LinkageState = {
      plan: art.plan,
      sources: [...art.ingest, ...art.people],
      scored: art.train.map(({ entityType, model }) => ({
        entityType,
        model,
        frozen: storedOf(art.freeze, entityType),
        ...matchedOf(art.match, entityType),
      })),
      claims: art.claims.claims,
      rejects: art.ingest.flatMap((source) => source.rejects ?? []),
    };
    return { state, clustered: await clusterRecords(context, state, params) };
  })
  .foreach("write", { retry, over: (art, params) => writeItems(art.cluster.state, params), key: writeKey }, (context) =>
    writeFiles(context, context.art.cluster.state, context.art.cluster.clustered, context.item),
  )
  .step("publish", { retry }, (context) => {
    const { state, clustered } = context.art.cluster;
    return publishLinkage(context, state, clustered, context.art.write);
  });

/**
 * The steps of `kindred decide` and `undo`: clusters what was published again under the decisions that hold now, and
 * publishes the result in its place. No source is read and no pair is scored.
 */
export const decideFlow = flow("decide", { params: defaultLinkageParams, files: ["out"] })
  .step("load", { retry }, async ({ params, blobs, file }) => loadPublished(blobs, await file(params.out)))
  .step("cluster", { retry }, async (context) => {
    const state = context.art.load;
    return { state, clustered: await clusterRecords(context, state, context.params) };
  })
  .foreach("write", { retry, over: (art, params) => writeItems(art.cluster.state, params), key: writeKey }, (context) =>
    writeFiles(context, context.art.cluster.state, context.art.cluster.clustered, context.item),
  )
  .step("publish", { retry }, (context) => {
    const { state, clustered } = context.art.cluster;
    return publishLinkage(context, state, clustered, context.art.write);
  });

/** What the shards of an entity type scored, put together. */
function matchedOf(
  shards: readonly (Pick<ScoredType, "entityType"> & { readonly pairs: BlobRef; readonly captures: Captures[] })[],
  entityType: string,
): Pick<ScoredType, "pairs" | "captures"> {
  const own = shards.filter((shard) => shard.entityType === entityType);
  return { pairs: own.map(({ pairs }) => pairs), captures: mergeCaptures(own.map(({ captures }) => captures)) };
}

function scanOptions({ threads, memoryMiB }: LinkageParams): OpenOptions {
  return { scanner: threadedScan(threads), memoryMiB };
}

function storedOf<T extends { readonly entityType: string; readonly stored: unknown }>(
  frozen: readonly T[],
  entityType: string,
): T["stored"] {
  return (frozen.find((type) => type.entityType === entityType) as T).stored;
}
