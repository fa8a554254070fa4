import { Buffer } from "node:buffer";
import { KindredError } from "../../base/index.ts";
import type { BlobRef, TaskContext } from "../../flow/index.ts";
import {
  type IngestSummary,
  ingestSource,
  type RecordBatch,
  type Reject,
  type SourcePlan,
} from "../../records/index.ts";
import { withEmbeddings } from "./embeddings.ts";
import { MentionCollector, type MentionPart } from "./mentions.ts";
import { planFound } from "./local-files.ts";
import type { LinkageParams } from "./params.ts";
import { partitionRecords, type StoredSource } from "./partition-records.ts";
import type { LinkagePlan, TypePlan } from "./plan-sources.ts";
import { putTable } from "./stored-table.ts";

/** Mentions of one partition, stored. */
export interface StoredMentions {
  readonly partition: number;
  readonly table: BlobRef;
}

/** A declared source after ingest. */
export interface IngestedSource extends StoredSource {
  readonly mentions: readonly StoredMentions[];
  readonly summary: IngestSummary;
  /** The rows that were set aside, as JSON Lines; null when there were none. */
  readonly rejects: BlobRef | null;
}

/** The step `ingest`: reads one source in a stream, cleans it, and cuts it into shards. */
export async function ingest(
  context: Pick<
    TaskContext<LinkageParams, unknown>,
    "params" | "blobs" | "file" | "log" | "progress" | "signal" | "facts"
  >,
  plan: LinkagePlan,
  source: SourcePlan,
): Promise<IngestedSource> {
  const { params, blobs, log, progress, signal, facts } = context;
  const rejects: Reject[] = [];
  const mentions: StoredMentions[] = [];
  let summary: IngestSummary | undefined;
  const batches = ingestSource(await planFound(source, context.file), {
    skipBad: params.skipBad,
    onReject: (reject) => rejects.push(reject),
    onSummary: (counts) => {
      summary = counts;
    },
    signal,
  });
  const collector = new MentionCollector(source.people);
  const store = async (parts: readonly MentionPart[]): Promise<void> => {
    for (const { partition, table } of parts) {
      mentions.push({ partition, table: await putTable(blobs, table, `${source.source}-people-${partition}`) });
    }
  };
  async function* withMentions(): AsyncGenerator<RecordBatch> {
    for await (const batch of withEmbeddings(batches, source)) {
      await store(collector.add(batch));
      yield batch;
    }
    await store(collector.finish());
  }
  const { settings } = typePlanOf(plan, source.entityType);
  const what = { source: source.source, entityType: source.entityType };
  const stored = await partitionRecords(withMentions(), what, settings, params.shards, blobs, (done) =>
    progress(done, source.rowCount, "records"),
  );
  if (!summary) throw new KindredError("internal", { seen: `no summary of ${source.source}` });
  facts({ rows: stored.recordCount });
  log.info(`read ${stored.recordCount} records`, { source: source.source, rejects: rejects.length, ...summary });
  return { ...stored, mentions, summary, rejects: await putRejects(blobs, source.source, rejects) };
}

/** The plan of an entity type. */
export function typePlanOf(plan: LinkagePlan, entityType: string): TypePlan {
  const found = plan.types.find((type) => type.entityType === entityType);
  if (found) return found;
  throw new KindredError("internal", { seen: `no plan for the entity type "${entityType}"` });
}

async function putRejects(
  blobs: TaskContext<unknown, unknown>["blobs"],
  source: string,
  rejects: readonly Reject[],
): Promise<BlobRef | null> {
  if (rejects.length === 0) return null;
  const lines = rejects.map((reject) => `${JSON.stringify({ source, ...reject })}\n`);
  return blobs.put(Buffer.from(lines.join("")), `${source}-rejects.jsonl`);
}
