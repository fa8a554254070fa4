import type { SourceCounts } from "../blocking/index.ts";
import type { RecordBatch } from "../../records/index.ts";
import type { LinkageSettings } from "../settings.ts";

/** The sampled records of one source, as a small source of their own. */
export interface SampledSource {
  readonly source: string;
  readonly batch: RecordBatch;
  /** How many records of the source one of the sample stands for. */
  readonly scale: number;
}

/** Takes the samples of the sources for small sources, in the order of the settings. */
export function sampledSources(counts: readonly SourceCounts[], settings: LinkageSettings): SampledSource[] {
  return settings.sources.flatMap((source) => {
    const of = counts.find((one) => one.source === source);
    if (of === undefined) return [];
    const { sample, recordCount } = of;
    const batch = { source, entityType: settings.entityType, firstRow: 0, fields: settings.fields, table: sample };
    return [{ source, batch, scale: recordCount / Math.max(sample.rowCount, 1) }];
  });
}

/** The samples as sources to link. */
export function batchesOf(sources: readonly SampledSource[]): Map<string, RecordBatch[]> {
  return new Map(sources.map(({ source, batch }) => [source, [batch]]));
}
