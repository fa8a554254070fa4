import { KindredError } from "../base/index.ts";
import { defaultRetention, lengthMs, type Retention } from "../flow/index.ts";
import type { Project } from "../pipelines/index.ts";

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
  const ms = lengthMs(text);
  if (!Number.isNaN(ms)) return ms;
  throw new KindredError("argument-invalid", { seen: `--keep ${text}`, expected: "a time such as 30d, 12h or 0d" });
}
