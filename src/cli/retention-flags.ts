import { KindredError } from "../base/index.ts";
import { defaultRetention, type Retention } from "../flow/index.ts";
import type { Project } from "../pipelines/index.ts";

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How long what runs leave is kept: what the flags say, else what `kindred.yaml` declares, else a month. @throws argument-invalid */
export function retentionOf(
  { retention }: Project,
  flags: { readonly keep?: string | undefined; readonly keepRuns?: number | undefined },
): Retention {
  const keep = flags.keep ?? retention.keep;
  return {
    keepMs: keep === undefined ? defaultRetention.keepMs : timeOf(keep),
    keepRuns: flags.keepRuns ?? retention.keepRuns ?? defaultRetention.keepRuns,
    productionVersions: retention.productionVersions ?? defaultRetention.productionVersions,
  };
}

function timeOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return Number(count) * (unitMs[unit] as number);
  throw new KindredError("argument-invalid", { seen: `--keep ${text}`, expected: "a time such as 30d, 12h or 0d" });
}
